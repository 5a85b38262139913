/** Stands for everything beyond the quota of new names. */
export const OTHER_NAME = '(other)';

/** Stands for a name that a span does not have. */
export const UNKNOWN = '(unknown)';

/** A minute in milliseconds. @public */
export const MINUTE_MS = 60_000;

/** An hour in milliseconds. @public */
export const HOUR_MS = 60 * MINUTE_MS;

/** A day in milliseconds. @public */
export const DAY_MS = 24 * HOUR_MS;

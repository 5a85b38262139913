/** What an update does with one file. */
export type FileChange =
  | 'none'
  | 'write'
  | 'delete'
  | 'merge'
  /** Kept as it is, because what a person did to it and what the template wants cannot both be had. */
  | 'keep';

/**
 * Decides what becomes of one file, from its git blob ids; a missing id means a missing file.
 *
 * Hand edits always win: a file that a person changed is never overwritten, and one that a person deleted never comes back.
 */
export function decideChange(file: {
  /** As the template generated it the last time. */
  generated?: string;
  /** As it is in the repository now. */
  current?: string;
  /** As the newer template generates it. */
  next?: string;
}): FileChange {
  const { generated, current, next } = file;
  if (current === next || generated === next) {
    return 'none';
  }
  if (current === generated) {
    return next === undefined ? 'delete' : 'write';
  }
  if (current === undefined) {
    return 'none';
  }
  if (next === undefined || generated === undefined) {
    return 'keep';
  }
  return 'merge';
}

/** What an update does with one file. */
export type FileChange =
  | 'none'
  | 'write'
  | 'delete'
  | 'merge'
  /**
   * The edited version stays, because the user and the template changed the
   * file in incompatible ways.
   */
  | 'keep';

/**
 * Decides what happens to one file, from its git blob ids; a missing id means a
 * missing file.
 *
 * Manual edits always win: an edited file is never overwritten, and a deleted
 * one never comes back.
 */
export function decideChange(file: {
  /** As the template last generated it. */
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

import type { WatchedObject } from '../../objects/types';
import { nameOf, shortenName, textAt } from '../fields';

/** Id of the rollout of a revision; an undo rolls it out again with another number. */
export function rolloutId(
  revision: WatchedObject,
  number: string | undefined,
): string {
  const uid = textAt(revision, 'metadata', 'uid') ?? nameOf(revision) ?? '';
  return shortenName(`rollout/${uid}/${number ?? ''}`);
}

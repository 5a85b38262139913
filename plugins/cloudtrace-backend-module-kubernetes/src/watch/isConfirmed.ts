import { CONFIRM_MS } from './WatchTimings';

/**
 * What a watch knew this long ago is not the state now, even if it reports no
 * failure.
 */
const UNCONFIRMED_MS = 2 * CONFIRM_MS;

/** Whether what a watch knew at a time still counts as the state now. */
export function isConfirmed(freshAt: Date | undefined, now: Date): boolean {
  return (
    freshAt !== undefined && now.getTime() - freshAt.getTime() <= UNCONFIRMED_MS
  );
}

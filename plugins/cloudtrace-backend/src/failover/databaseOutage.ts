import type { DatabaseOccurrence } from './types';

/**
 * Two outage events without a recovery in between belong to the same outage
 * only if they are this close together.
 */
const MAX_SILENCE_MS = 5 * 60_000;

/** Words that mark an `availability` event as a recovery. The event has no field for it. */
const answersAgain =
  /\b(?:restarted|recovered|complete[d]?|available|started|answers again|runs again|is back)\b/i;

/** Whether a database is available after an event; `undefined` if the event does not say. */
export function answersAfter({
  kind,
  message,
}: DatabaseOccurrence): boolean | undefined {
  switch (kind) {
    case 'unavailable':
    case 'failover-started':
      return false;
    case 'available':
    case 'restart':
    case 'failover-completed':
      return true;
    case 'availability':
      return answersAgain.test(message);
    default:
      return undefined;
  }
}

/**
 * Returns the first event of the outage that a database was in at a time: the
 * earliest outage event with no recovery since.
 *
 * @param events - Of one database, ascending
 */
export function outageBefore(
  events: readonly DatabaseOccurrence[],
  at: number,
  after: number,
): DatabaseOccurrence | undefined {
  let first: DatabaseOccurrence | undefined;
  for (const event of events) {
    if (event.at.getTime() <= after || event.at.getTime() >= at) continue;
    const answers = answersAfter(event);
    if (answers === true) first = undefined;
    if (answers !== false) continue;
    const isOld =
      first && event.at.getTime() - first.at.getTime() > MAX_SILENCE_MS;
    if (!first || isOld) first = event;
  }
  const isVague = first?.kind === 'availability';
  return first && isVague && at - first.at.getTime() > MAX_SILENCE_MS
    ? undefined
    : first;
}

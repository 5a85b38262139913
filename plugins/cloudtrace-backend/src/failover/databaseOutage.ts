import type { DatabaseOccurrence } from './types';

/** Two events without a good one between them tell of one outage only if they follow each other this closely. */
const MAX_SILENCE_MS = 5 * 60_000;

/** Words by which an `availability` event, which does not say it itself, tells that the database answers again. */
const answersAgain =
  /\b(?:restarted|recovered|complete[d]?|available|started|answers again|runs again|is back)\b/i;

/** Whether a database answers after an event; `undefined` if the event does not tell. */
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
 * The first event of the outage in which a database was at a time: the last one
 * after which it did not answer, without one after which it did.
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

import { Refusal } from '../errors/Refusal.js';
import type { LiveReader } from './LiveReader.js';

/**
 * Where a client continues: after the event that it names, or at the end.
 *
 * @throws Refusal 400 for something that was never an event of this user
 */
export async function startPosition(
  reader: LiveReader,
  userId: string,
  given: unknown,
): Promise<number> {
  const end = (await reader.lastEventIds([userId])).get(userId) ?? 0;
  if (given === undefined || given === null || given === '') return end;
  const position = Number(given);
  if (Number.isSafeInteger(position) && position >= 0 && position <= end) {
    return position;
  }
  throw new Refusal(
    400,
    'Invalid position',
    `lastEventId must be a whole number from 0 to ${end}, the last event of this user`,
  );
}

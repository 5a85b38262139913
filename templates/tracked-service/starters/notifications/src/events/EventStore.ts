import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { events, eventStreams } from '../storage/schema.js';
import type { Queries } from '../storage/ServiceDatabase.js';
import { projectEvents } from './projectEvents.js';
import { eventVersion, type NewEvent, type StoredEvent } from './types.js';

/** Appends to the users' streams and keeps the projection up to date, in the transaction of the caller. */
export class EventStore {
  /**
   * Locks the streams of these users until the end of the transaction, always in the same order, so that two
   * transactions never wait for each other.
   *
   * @returns the users who exist, with their last event
   */
  async lock(
    queries: Queries,
    userIds: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await queries
      .select()
      .from(eventStreams)
      .where(inArray(eventStreams.userId, [...new Set(userIds)]))
      .orderBy(asc(eventStreams.userId))
      .for('update');
    return new Map(rows.map(row => [row.userId, row.lastEventId]));
  }

  /** Appends events of users whose streams are locked; `last` says where each stream ends, and is updated. */
  async append(
    queries: Queries,
    last: Map<string, number>,
    added: readonly NewEvent[],
  ): Promise<StoredEvent[]> {
    if (added.length === 0) return [];
    const at = new Date();
    const stored = added.map(event => {
      const eventId = nextEventId(last, event.userId);
      return { ...event, eventId, version: eventVersion, at };
    });
    await queries.insert(events).values(stored);
    const changed = [...new Set(added.map(event => event.userId))];
    await queries.execute(sql`
      UPDATE event_streams SET last_event_id = changed.last_event_id
      FROM unnest(${sql.param(changed)}::uuid[], ${sql.param(changed.map(id => last.get(id)))}::bigint[])
        AS changed (user_id, last_event_id)
      WHERE event_streams.user_id = changed.user_id`);
    await projectEvents(queries, stored);
    return stored;
  }

  /** The next events of one user, oldest first. */
  async read(
    queries: Queries,
    position: { userId: string; after: number; limit: number },
  ): Promise<StoredEvent[]> {
    return queries
      .select()
      .from(events)
      .where(
        and(
          eq(events.userId, position.userId),
          gt(events.eventId, position.after),
        ),
      )
      .orderBy(asc(events.eventId))
      .limit(position.limit);
  }
}

function nextEventId(last: Map<string, number>, userId: string): number {
  const known = last.get(userId);
  if (known === undefined) throw new Error(`user ${userId} has no stream`);
  last.set(userId, known + 1);
  return known + 1;
}

import { sql } from 'drizzle-orm';
import { deleteOldEvents } from '../events/deleteOldEvents.js';
import type { EventStore } from '../events/EventStore.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import type { SessionStore } from '../sessions/SessionStore.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { ScheduledJob } from './JobQueue.js';

const everyMs = 10 * 60_000;
const keptDays = { idempotencyKeys: 7, messages: 7, replayedDeadLetters: 30 };

/** Removes what has expired. Without a retention, events are kept: they are the history. */
export function cleanUpJob(parts: {
  database: ServiceDatabase;
  store: EventStore;
  sessions: SessionStore;
  limiter: AttemptLimiter;
  retentionDays?: number | undefined;
}): ScheduledJob {
  const { retentionDays } = parts;
  return {
    name: 'clean-up',
    schedule: { every: everyMs },
    run: async () => {
      await parts.sessions.deleteExpired();
      await parts.limiter.deleteEnded();
      await deleteOld(parts.database);
      if (retentionDays) await deleteOldEvents({ ...parts, retentionDays });
    },
  };
}

async function deleteOld({ queries }: ServiceDatabase): Promise<void> {
  await queries.execute(sql`
    DELETE FROM idempotency_keys
    WHERE created_at < now() - make_interval(days => ${keptDays.idempotencyKeys})`);
  await queries.execute(sql`
    DELETE FROM dead_letters
    WHERE replayed_at < now() - make_interval(days => ${keptDays.replayedDeadLetters})`);
  await queries.execute(sql`
    DELETE FROM bus_members WHERE seen_at < now() - make_interval(mins => 5)`);
  // Only messages that every group of the topic has processed.
  await queries.execute(sql`
    DELETE FROM bus_messages m
    WHERE created_at < now() - make_interval(days => ${keptDays.messages})
      AND "offset" < (
        SELECT min(o.next_offset) FROM bus_offsets o
        WHERE o.topic = m.topic AND o.partition = m.partition
      )`);
}

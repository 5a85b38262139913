import { sql } from 'drizzle-orm';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { ScheduledJob } from './JobQueue.js';

const everyMs = 60_000;

/** Counts what happened today and yesterday (UTC), so that a day is complete soon after its end. */
export function reportJob(database: ServiceDatabase): ScheduledJob {
  return {
    name: 'report',
    schedule: { every: everyMs },
    run: async () => {
      await database.queries.execute(sql`
        INSERT INTO daily_reports (day, accepted, delivered, read)
        SELECT
          (at AT TIME ZONE 'UTC')::date,
          count(*) FILTER (WHERE type = 'notification.created'),
          count(*) FILTER (WHERE type = 'notification.delivered'),
          count(*) FILTER (WHERE type = 'notification.read')
        FROM events
        WHERE at >= (date_trunc('day', now() AT TIME ZONE 'UTC') - interval '1 day') AT TIME ZONE 'UTC'
        GROUP BY 1
        ON CONFLICT (day) DO UPDATE SET
          accepted = excluded.accepted, delivered = excluded.delivered,
          read = excluded.read, updated_at = now()`);
    },
  };
}

import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Claims the right to send a notification. Resolves to `false` if the same one
 * was sent within the period, or if the hourly limit is reached.
 */
export async function claimNotification(
  knex: Knex,
  options: {
    entityRef: string;
    topic: string;
    repeatMs: number;
    maxPerHour: number;
  },
): Promise<boolean> {
  const { entityRef, topic } = options;
  return knex.transaction(async tx => {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      'cloudtrace-notifications',
      entityRef,
    ]);
    const rows = await queryRows<{ sent: number; same: number }>(
      tx,
      `SELECT count(*) FILTER (WHERE sent_at > now() - interval '1 hour')::int AS sent,
              count(*) FILTER (WHERE topic = ? AND sent_at > now() - make_interval(secs => ?))::int AS same
         FROM sent_notifications
        WHERE entity_ref = ? AND (sent_at > now() - interval '1 hour' OR topic = ?)`,
      [topic, options.repeatMs / 1000, entityRef, topic],
    );
    if (rows[0].same > 0 || rows[0].sent >= options.maxPerHour) return false;
    await tx.raw(
      `INSERT INTO sent_notifications (entity_ref, topic, sent_at) VALUES (?, ?, now())
       ON CONFLICT (entity_ref, topic) DO UPDATE SET sent_at = excluded.sent_at`,
      [entityRef, topic],
    );
    return true;
  });
}

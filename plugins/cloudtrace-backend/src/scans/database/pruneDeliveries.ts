import type { Knex } from 'knex';

const KEPT_MS = 30 * 86_400_000;

/** Deletes deliveries older than 30 days. */
export async function pruneDeliveries(
  knex: Knex,
  now: number = Date.now(),
): Promise<void> {
  await knex.raw('DELETE FROM webhook_deliveries WHERE received_at < ?', [
    new Date(now - KEPT_MS),
  ]);
}

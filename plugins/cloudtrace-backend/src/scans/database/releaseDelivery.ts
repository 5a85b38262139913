import type { Knex } from 'knex';
import type { WebhookDelivery } from './claimDelivery';

/** Forgets a delivery that was not accepted after all, so that it can be repeated. */
export async function releaseDelivery(
  knex: Knex,
  { source, digest }: WebhookDelivery,
): Promise<void> {
  await knex.raw(
    'DELETE FROM webhook_deliveries WHERE source = ? AND digest = ?',
    [source, digest],
  );
}

import type { Knex } from 'knex';
import { changeRows } from '../../database/queryRows';

/** A signed webhook. */
export interface WebhookDelivery {
  /** The signing system. */
  source: string;
  /** SHA-256 of the body. */
  digest: Buffer;
}

/** Records a delivery. Resolves to `false` if any replica has already recorded it. */
export async function claimDelivery(
  knex: Knex,
  { source, digest }: WebhookDelivery,
): Promise<boolean> {
  const rowCount = await changeRows(
    knex,
    `INSERT INTO webhook_deliveries (source, digest, received_at)
     VALUES (?, ?, ?) ON CONFLICT (source, digest) DO NOTHING`,
    [source, digest, new Date()],
  );
  return rowCount > 0;
}

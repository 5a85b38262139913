import type { Knex } from 'knex';
import pLimit, { type Limit } from 'p-limit';

interface Turns {
  limit: Limit;
  /** Who has a turn or waits for one. */
  users: number;
}

const turnsByPool = new WeakMap<Knex, Map<number, Turns>>();

/**
 * Lets one change of an entity's findings happen at a time, over all replicas:
 * a transaction with a lock. Those of this process wait for their turn in
 * memory, so that a hundred uploads of one entity do not keep all connections
 * waiting for its lock.
 */
export async function withEntityLock<T>(
  knex: Knex,
  entityId: number,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const entities = turnsByPool.get(knex) ?? new Map<number, Turns>();
  turnsByPool.set(knex, entities);
  const turns = entities.get(entityId) ?? { limit: pLimit(1), users: 0 };
  entities.set(entityId, turns);
  turns.users++;
  try {
    return await turns.limit(() =>
      knex.transaction(async tx => {
        await lockEntity(tx, entityId);
        return work(tx);
      }),
    );
  } finally {
    if (--turns.users === 0) entities.delete(entityId);
  }
}

async function lockEntity(
  tx: Knex.Transaction,
  entityId: number,
): Promise<void> {
  await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), ?)', [
    'cloudtrace-scans',
    entityId,
  ]);
}

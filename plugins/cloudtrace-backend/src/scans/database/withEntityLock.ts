import type { Knex } from 'knex';
import pLimit, { type Limit } from 'p-limit';

interface Turns {
  limit: Limit;
  /** The running and the waiting changes. */
  users: number;
}

const turnsByPool = new WeakMap<Knex, Map<number, Turns>>();

/**
 * Serialises changes to an entity's findings across all replicas, with a
 * transaction and a lock. Changes in this process queue in memory, so a hundred
 * uploads of one entity do not occupy all connections while they wait for its
 * lock.
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

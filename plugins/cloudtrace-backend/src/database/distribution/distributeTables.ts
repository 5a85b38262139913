import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { DistributionConfig } from '../config';
import { withMigrationLock } from '../migrations';
import { queryRows } from '../queryRows';
import { DISTRIBUTION_COLUMN, tablePlacement } from './tablePlacement';

/** How to create a table of Citus from a table; `?` stands for its name. */
interface Target {
  sql: string;
  bindings: readonly (string | number)[];
  /** Whether the rows are on the coordinator afterwards. */
  leavesLocalRows?: boolean;
}

/** A table that has its place now. */
export interface DistributedTable {
  table: string;
  rows: number;
}

/**
 * Distributes the tables over the workers, and moves rows that they already
 * have. Tables that are in their place stay as they are; those that an older
 * version distributed return to the coordinator. Replicas that start together
 * take turns.
 *
 * The database has passed `assertCoordinator`.
 *
 * Each table is moved in one transaction: after a kill it is either as before
 * or distributed, and the next run continues with the rest. Reads go on; writes
 * to a table wait while it is moved.
 *
 * @returns The tables that were not in their place before
 */
export async function distributeTables(
  knex: Knex,
  config: DistributionConfig,
  logger: Pick<LoggerService, 'info'>,
): Promise<DistributedTable[]> {
  return withMigrationLock(knex, async () => {
    const placed = await readCitusTables(knex);
    const moved: DistributedTable[] = [];
    const move = async (verb: string, table: string, target: Target) => {
      const startedMs = performance.now();
      const rows = await moveTable(knex, table, target);
      const seconds = (performance.now() - startedMs) / 1000;
      logger.info(
        `${verb} the table ${table}: ${rows} rows in ${seconds.toFixed(1)} s`,
      );
      moved.push({ table, rows });
    };
    for (const [table, target] of targets(config)) {
      if (!placed.has(table)) await move('Distributed', table, target);
    }
    for (const table of tablePlacement.local) {
      if (placed.get(table)) {
        await move('Returned', table, {
          sql: 'SELECT undistribute_table(?)',
          bindings: [table],
          leavesLocalRows: true,
        });
      }
    }
    return moved;
  });
}

function targets({ shardCount }: DistributionConfig): Map<string, Target> {
  const result = new Map<string, Target>();
  for (const table of tablePlacement.reference) {
    result.set(table, {
      sql: 'SELECT create_reference_table(?)',
      bindings: [table],
    });
  }
  const [first, ...others] = tablePlacement.distributed;
  result.set(first, {
    sql: `SELECT create_distributed_table(?, ?, colocate_with => 'none', shard_count => ?)`,
    bindings: [first, DISTRIBUTION_COLUMN, shardCount],
  });
  for (const table of others) {
    result.set(table, {
      sql: 'SELECT create_distributed_table(?, ?, colocate_with => ?)',
      bindings: [table, DISTRIBUTION_COLUMN, first],
    });
  }
  return result;
}

/** The tables that Citus manages, and whether each is in shards. */
async function readCitusTables(knex: Knex): Promise<Map<string, boolean>> {
  const rows = await queryRows<{ table: string; divided: boolean }>(
    knex,
    `SELECT c.relname AS "table", p.partmethod = 'h' AS divided
       FROM pg_dist_partition p
       JOIN pg_class c ON c.oid = p.logicalrelid
      WHERE c.relnamespace = current_schema()::regnamespace`,
  );
  return new Map(rows.map(({ table, divided }) => [table, divided]));
}

/** Moves a table and returns its number of rows, which is counted before and after. */
async function moveTable(
  knex: Knex,
  table: string,
  target: Target,
): Promise<number> {
  return knex.transaction(async tx => {
    // A large table takes longer than any limit that suits other statements.
    await tx.raw('SET LOCAL statement_timeout = 0');
    // Readers do not wait for this lock.
    await tx.raw('LOCK TABLE ?? IN EXCLUSIVE MODE', [table]);
    const before = await countRows(tx, table);
    await tx.raw(target.sql, target.bindings);
    const after = await countRows(tx, table);
    if (after !== before) {
      throw new Error(
        `The table ${table} had ${before} rows, but would have ${after} afterwards; it was not moved`,
      );
    }
    if (target.leavesLocalRows) return after;
    // The rows that the coordinator stored itself; reads no longer see them.
    await tx.raw('SELECT truncate_local_data_after_distributing_table(?)', [
      table,
    ]);
    return after;
  });
}

async function countRows(tx: Knex.Transaction, table: string): Promise<number> {
  const [{ count }] = await queryRows<{ count: number }>(
    tx,
    'SELECT count(*)::float8 AS count FROM ??',
    [table],
  );
  return count;
}

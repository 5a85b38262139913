import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { DistributionConfig } from '../config';
import { withMigrationLock } from '../migrations';
import { assertQuicklyMoved } from './assertQuicklyMoved';
import {
  findLocalRows,
  moveTable,
  removeLocalRows,
  type Move,
} from './moveTable';
import {
  readPlacementVersion,
  recordPlacementVersion,
} from './placementVersion';
import { readCitusTables, type CitusPlace } from './readCitusTables';
import {
  DISTRIBUTION_COLUMN,
  PLACEMENT_VERSION,
  tablePlacement,
} from './tablePlacement';

/** A table that has its place now. */
export interface DistributedTable {
  table: string;
  rows: number;
}

/**
 * Distributes the tables over the workers, and moves rows that they already
 * have. Tables that are in their place stay as they are; those that an older
 * version distributed return to the coordinator. If a newer version placed the
 * tables, all stay as they are. Replicas that start together take turns.
 *
 * The database has passed `assertCoordinator`.
 *
 * Each table is moved in one transaction: after a kill it is either as before
 * or distributed, and the next run continues with the rest. Reads go on; writes
 * to a table wait while it is moved.
 *
 * @param maxBytes - Rejects to distribute more than this, before anything is
 * moved; by default there is no limit
 * @returns The tables that were not in their place before
 */
export async function distributeTables(
  knex: Knex,
  config: DistributionConfig,
  logger: Pick<LoggerService, 'info'>,
  { maxBytes }: { maxBytes?: number } = {},
): Promise<DistributedTable[]> {
  return withMigrationLock(knex, async () => {
    const version = await readPlacementVersion(knex);
    if (version > PLACEMENT_VERSION) {
      logger.info(
        'A newer version of CloudTrace has distributed the tables; they stay where they are',
      );
      return [];
    }
    const placed = await readCitusTables(knex);
    const outward = movesToWorkers(config).filter(
      ({ table }) => !placed.has(table),
    );
    if (maxBytes !== undefined) {
      await assertQuicklyMoved(
        knex,
        outward.map(({ table }) => table),
        maxBytes,
      );
    }
    const moved: DistributedTable[] = [];
    const move = async (verb: string, one: Move) => {
      const { table } = one;
      const startedMs = performance.now();
      const rows = await moveTable(knex, one);
      const seconds = (performance.now() - startedMs) / 1000;
      logger.info(
        `${verb} the table ${table}: ${rows} rows in ${seconds.toFixed(1)} s`,
      );
      moved.push({ table, rows });
    };
    for (const each of outward) {
      await move('Distributed', each);
      await clean(knex, [each.table], logger);
    }
    for (const each of movesBack(placed)) await move('Returned', each);
    // A killed run, or readers, may have left some.
    const { reference, distributed } = tablePlacement;
    await clean(
      knex,
      [...reference, ...distributed].filter(table => placed.has(table)),
      logger,
    );
    if (version !== PLACEMENT_VERSION) {
      await recordPlacementVersion(knex, PLACEMENT_VERSION);
    }
    return moved;
  });
}

/** Rows that stay cost disk, nothing else, so they are no reason to fail. */
async function clean(
  knex: Knex,
  tables: readonly string[],
  logger: Pick<LoggerService, 'info'>,
): Promise<void> {
  for (const table of await findLocalRows(knex, tables)) {
    try {
      await removeLocalRows(knex, table);
    } catch (error) {
      logger.info(
        `The coordinator still has its own copy of ${table}, which the next run removes: ${error}`,
      );
    }
  }
}

function movesToWorkers({ shardCount }: DistributionConfig): Move[] {
  const [first, ...others] = tablePlacement.distributed;
  return [
    ...tablePlacement.reference.map(table => ({
      table,
      sql: 'SELECT create_reference_table(?)',
      bindings: [table],
    })),
    {
      table: first,
      sql: `SELECT create_distributed_table(?, ?, colocate_with => 'none', shard_count => ?)`,
      bindings: [first, DISTRIBUTION_COLUMN, shardCount],
    },
    ...others.map(table => ({
      table,
      sql: 'SELECT create_distributed_table(?, ?, colocate_with => ?)',
      bindings: [table, DISTRIBUTION_COLUMN, first],
    })),
  ];
}

/** Only small tables return: tokens and summaries. */
function movesBack(placed: ReadonlyMap<string, CitusPlace>): Move[] {
  return tablePlacement.local
    .filter(table => placed.has(table))
    .map(table => ({
      table,
      sql: 'SELECT undistribute_table(?)',
      bindings: [table],
    }));
}

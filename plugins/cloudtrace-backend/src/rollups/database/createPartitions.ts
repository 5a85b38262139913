import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { listPartitions } from './listPartitions';
import { summarizeBlockRanges } from './summarizeBlockRanges';
import {
  nextPartitionStart,
  partitionName,
  partitionStart,
  type PartitionedTable,
} from './partitionedTables';

/**
 * Creates the missing partitions of a table for a time range. Returns the names
 * of the new ones.
 *
 * A partition is built separately and then attached: attaching takes a lock
 * that neither reads nor writes of the table wait for, while `CREATE …
 * PARTITION OF` would wait for every reader. Replicas may run it concurrently.
 */
export async function createPartitions(
  knex: Knex,
  table: PartitionedTable,
  range: { from: Date; to: Date },
): Promise<string[]> {
  const existing = new Set(
    (await listPartitions(knex, table)).map(({ name }) => name),
  );
  const created: string[] = [];
  for (
    let start = partitionStart(range.from, table.step);
    start <= range.to;
    start = nextPartitionStart(start, table.step)
  ) {
    const name = partitionName(table.name, start, table.step);
    if (!existing.has(name)) {
      const end = nextPartitionStart(start, table.step);
      if (await createPartition(knex, table.name, name, start, end)) {
        created.push(name);
      }
    }
  }
  await summarizeBlockRanges(knex, created);
  return created;
}

async function createPartition(
  knex: Knex,
  table: string,
  name: string,
  start: Date,
  end: Date,
): Promise<boolean> {
  return knex.transaction(async tx => {
    // On a distributed database, this needs all workers, and one may hang.
    await tx.raw(`SET LOCAL statement_timeout = '30s'`);
    await tx.raw(
      `SELECT pg_advisory_xact_lock(hashtext('cloudtrace partitions'))`,
    );
    const rows = await queryRows<{ found: string | null }>(
      tx,
      'SELECT to_regclass(?) AS found',
      [name],
    );
    if (rows[0].found) {
      return false;
    }
    await tx.raw(
      `CREATE TABLE ?? (LIKE ?? INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING COMMENTS)`,
      [name, table],
    );
    // The bounds are our own dates; PostgreSQL accepts no parameters in DDL.
    await tx.raw(
      `ALTER TABLE ?? ATTACH PARTITION ?? FOR VALUES FROM ('${start.toISOString()}') TO ('${end.toISOString()}')`,
      [table, name],
    );
    return true;
  });
}

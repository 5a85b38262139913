import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

const MB = 1024 * 1024;

/**
 * Rejects to move tables that are too large for the start of a backend, with a
 * message that says what to do: probes would restart it again and again.
 *
 * @param tables - Tables that are not distributed yet
 * @param maxBytes - Their total size may be this, with indexes
 */
export async function assertQuicklyMoved(
  knex: Knex,
  tables: readonly string[],
  maxBytes: number,
): Promise<void> {
  const [{ bytes }] = await queryRows<{ bytes: number }>(
    knex,
    `SELECT COALESCE(sum(pg_total_relation_size(c.oid)), 0)::float8 AS bytes
       FROM pg_class c
       LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
       JOIN unnest(?::text[]) AS t (name)
         ON to_regclass(t.name) IN (c.oid, i.inhparent)
      WHERE c.relkind IN ('r', 'p')`,
    [[...tables]],
  );
  if (bytes <= maxBytes) return;
  throw new Error(
    `cloudtrace.database.distributed is true, but ${Math.ceil(
      bytes / MB,
    )} MB ` +
      `are not distributed yet, and a backend distributes at most ${Math.floor(
        maxBytes / MB,
      )} MB when it starts. ` +
      `Run 'yarn distribute' first (docs/scaling.md), then start the backend again.`,
  );
}

import type { Client, QueryResult } from 'pg';

/** One export request in the ledger. */
export interface LedgerEntry {
  entityId: number;
  /** A UUID. */
  fingerprint: string;
  /** Start of the day (UTC) of its newest span, ISO 8601. */
  startedOn: string;
}

/**
 * Up to this many entries, a list of rows takes half as long as arrays, and a
 * coordinator sends it to the shards as it is; arrays take less time per entry.
 */
const MAX_LISTED = 500;

/**
 * Opens the transaction of a batch and enters its requests in the ledger.
 * Returns the keys ({@link ledgerKey}) of those that were not in it before.
 *
 * If another open transaction is entering a request, this waits for it: if that
 * one commits, the request is known here. The caller sorts the entries, so that
 * two transactions never deadlock.
 */
export async function beginWithLedger(
  client: Client,
  entries: readonly LedgerEntry[],
  options: { statementTimeoutMs: number; forceSynchronousCommit: boolean },
): Promise<Set<string>> {
  // One query without parameters takes one round trip.
  const results = (await client.query(
    [
      'BEGIN',
      `SET LOCAL statement_timeout = ${options.statementTimeoutMs}`,
      ...(options.forceSynchronousCommit
        ? ['SET LOCAL synchronous_commit = on']
        : []),
      `INSERT INTO request_ledger (entity_id, fingerprint, started_on)
       ${entries.length <= MAX_LISTED ? listed(entries) : selected(entries)}
       ON CONFLICT DO NOTHING RETURNING entity_id, fingerprint`,
    ].join('; '),
  )) as unknown as QueryResult<{ entity_id: number; fingerprint: string }>[];
  return new Set(
    results[results.length - 1].rows.map(row =>
      ledgerKey(row.entity_id, row.fingerprint),
    ),
  );
}

/** Key of a request in memory. */
export function ledgerKey(entityId: number, fingerprint: string): string {
  return `${entityId}/${fingerprint}`;
}

// All values are our own numbers, digests and dates, none from outside.

function listed(entries: readonly LedgerEntry[]): string {
  const rows = entries.map(
    entry =>
      `(${entry.entityId}, '${entry.fingerprint}'::uuid, '${entry.startedOn}'::timestamptz)`,
  );
  return `VALUES ${rows.join(', ')}`;
}

function selected(entries: readonly LedgerEntry[]): string {
  const list = (values: (string | number)[]) => `'{${values.join(',')}}'`;
  return `SELECT * FROM unnest(
         ${list(entries.map(entry => entry.entityId))}::int4[],
         ${list(entries.map(entry => entry.fingerprint))}::uuid[],
         ${list(entries.map(entry => `"${entry.startedOn}"`))}::timestamptz[])`;
}

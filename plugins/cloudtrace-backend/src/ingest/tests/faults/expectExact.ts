import type { Knex } from 'knex';
import { queryRows } from '../../../database/queryRows';
import { compareRollupsWithRows } from '../../../testUtils/rollupInvariant';
import type { Sender } from './Sender';

/** Spans of a sender. */
export interface Books {
  sent: number;
  acknowledged: number;
  /** Acknowledged spans that are stored exactly once. */
  found: number;
}

/**
 * Compares a sender's records with the stored data: every acknowledged span is
 * stored, none twice, rollups equal the rows, and no response made an exporter
 * drop data.
 */
export async function expectExact(
  knex: Knex,
  sender: Pick<Sender, 'acknowledged' | 'sent' | 'statuses'>,
  allowed: readonly string[] = ['200', '429', '502', '503', '504', 'cut'],
): Promise<Books> {
  const { acknowledged, sent, statuses } = sender;
  expect(acknowledged.length).toBeGreaterThan(0);
  const rows = await queryRows<{ id: string; copies: number }>(
    knex,
    `SELECT to_hex(span_id) AS id, count(*)::int AS copies FROM requests GROUP BY 1`,
  );
  const copies = new Map(
    rows.map(row => [row.id.padStart(16, '0'), row.copies]),
  );
  expect(acknowledged.filter(id => !copies.has(id))).toEqual([]);
  expect([...copies].filter(([, count]) => count > 1)).toEqual([]);
  const compared = await compareRollupsWithRows(knex);
  expect(compared.rollups).toEqual(compared.rows);
  expect(Object.keys(statuses).filter(s => !allowed.includes(s))).toEqual([]);
  return {
    sent,
    acknowledged: acknowledged.length,
    found: acknowledged.filter(id => copies.get(id) === 1).length,
  };
}

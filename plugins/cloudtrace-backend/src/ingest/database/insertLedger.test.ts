import type { Client } from 'pg';
import { beginWithLedger, ledgerKey } from './insertLedger';

const DAY = '2026-07-01T00:00:00.000Z';
const entries = [
  { entityId: 7, fingerprint: 'aaaa', startedOn: DAY },
  { entityId: 8, fingerprint: 'bbbb', startedOn: '2026-07-02T00:00:00.000Z' },
];

async function begin(forceSynchronousCommit: boolean, of = entries) {
  const query = jest.fn(async (_sql: string) => [
    { rows: [{ entity_id: 1, fingerprint: 'not a ledger row' }] },
    { rows: [{ entity_id: 8, fingerprint: 'bbbb' }] },
  ]);
  const stored = await beginWithLedger({ query } as unknown as Client, of, {
    statementTimeoutMs: 9_000,
    forceSynchronousCommit,
  });
  const statements = query.mock.calls[0][0]
    .split('; ')
    .map(sql => sql.replace(/\s+/g, ' '));
  return { stored, statements, calls: query.mock.calls.length };
}

const INSERT =
  'INSERT INTO request_ledger (entity_id, fingerprint, started_on) VALUES ' +
  `(7, 'aaaa'::uuid, '${DAY}'::timestamptz), ` +
  `(8, 'bbbb'::uuid, '2026-07-02T00:00:00.000Z'::timestamptz) ` +
  'ON CONFLICT DO NOTHING RETURNING entity_id, fingerprint';

const INSERT_MANY =
  'INSERT INTO request_ledger (entity_id, fingerprint, started_on) SELECT * FROM unnest( ' +
  `'{${Array(501).fill(7)}}'::int4[], '{${Array(501).fill(
    'aaaa',
  )}}'::uuid[], ` +
  `'{${Array(501).fill(`"${DAY}"`)}}'::timestamptz[]) ` +
  'ON CONFLICT DO NOTHING RETURNING entity_id, fingerprint';

describe('beginWithLedger', () => {
  it('enters all requests in one transaction that the caller ends', async () => {
    const { statements, calls } = await begin(false);
    expect(calls).toBe(1);
    expect(statements).toEqual([
      'BEGIN',
      'SET LOCAL statement_timeout = 9000',
      INSERT,
    ]);
  });

  it('enters many requests as arrays', async () => {
    const { statements } = await begin(false, Array(501).fill(entries[0]));
    expect(statements[2]).toBe(INSERT_MANY);
  });

  it('makes the commit durable where the server would not', async () => {
    const { statements } = await begin(true);
    expect(statements).toEqual([
      'BEGIN',
      'SET LOCAL statement_timeout = 9000',
      'SET LOCAL synchronous_commit = on',
      INSERT,
    ]);
  });

  it('returns the requests that were not in the ledger', async () => {
    const { stored } = await begin(false);
    expect(stored).toEqual(new Set([ledgerKey(8, 'bbbb')]));
  });

  it('distinguishes requests by entity and fingerprint', () => {
    const keys = [ledgerKey(1, '2a'), ledgerKey(12, 'a'), ledgerKey(1, 'a')];
    expect(new Set(keys).size).toBe(3);
  });
});

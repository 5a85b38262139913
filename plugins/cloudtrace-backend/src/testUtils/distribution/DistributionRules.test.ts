import { startTestPostgres, type TestDatabases } from '..';
import { DistributionRules } from './DistributionRules';

jest.setTimeout(120_000);

describe('DistributionRules', () => {
  let databases: TestDatabases;
  let rules: DistributionRules;
  beforeAll(async () => {
    databases = await startTestPostgres();
    const { knex } = await databases.createEmptyDatabase();
    rules = await DistributionRules.load(knex);
  });
  afterAll(() => databases.stop());

  it.each([
    [
      'DELETE FROM t WHERE a = $1 RETURNING extract(epoch FROM b)::float8',
      'RETURNING calls a function that is not immutable',
    ],
    [
      'WITH gone AS (DELETE FROM t RETURNING now()) SELECT * FROM gone',
      'RETURNING calls a function that is not immutable',
    ],
    [
      'UPDATE t SET a = COALESCE(a, now())',
      'COALESCE or CASE calls a function that is not immutable',
    ],
    [
      'UPDATE t SET a = CASE WHEN b THEN current_timestamp END',
      'COALESCE or CASE calls a function that is not immutable',
    ],
    ['UPDATE t SET a = random()', 'SET calls a volatile function'],
    [
      'INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = now()',
      'DO UPDATE calls a function that is not immutable',
    ],
    [
      'INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1 WHERE t.c < now()',
      'DO UPDATE calls a function that is not immutable',
    ],
    [
      'INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = (SELECT 1)',
      'DO UPDATE contains a subquery',
    ],
    ['SELECT ctid FROM t', 'ctid names a row only within a shard'],
    [
      'DELETE FROM t WHERE t.ctid = ANY(ARRAY(SELECT s.ctid FROM t s))',
      'ctid names a row only within a shard',
    ],
    [
      'CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()',
      'a distributed table has no triggers',
    ],
    [
      'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE',
      'MERGE needs a distributed source',
    ],
    [
      'SELECT a, count(*) FROM t GROUP BY ROLLUP (a)',
      'GROUPING SETS need the filter of one entity',
    ],
    [
      `ALTER TABLE t ADD COLUMN a text; COMMENT ON COLUMN t.a IS 'b'`,
      'a change of a table or index needs a query of its own',
    ],
    [
      'DROP INDEX i; CREATE INDEX i ON t (a)',
      'a change of a table or index needs a query of its own',
    ],
    [
      'ALTER TABLE t RENAME COLUMN a TO b; UPDATE t SET b = 1',
      'a change of a table or index needs a query of its own',
    ],
  ])('rejects %s', (sql, violation) => {
    expect(rules.violations(sql)).toEqual([violation]);
    expect(() => rules.check(sql)).toThrow(violation);
  });

  it.each([
    'UPDATE t SET a = now() WHERE b < now()',
    'UPDATE t SET a = COALESCE(a, $1)',
    'DELETE FROM t WHERE a = $1 RETURNING b::float8, lower(c)',
    'INSERT INTO t (a, b) VALUES (1, now()) ON CONFLICT (a) DO UPDATE SET b = excluded.b RETURNING (xmax = 0)',
    `UPDATE fleet_leases SET expires_at = COALESCE(expires_at, now())`,
    'SELECT COALESCE(a, now()) FROM t',
    'ALTER TABLE t ADD COLUMN a text, ADD COLUMN b text',
    'CREATE TABLE t (a text); CREATE INDEX i ON t (a); COMMENT ON TABLE t IS NULL',
    'this is no SQL',
  ])('accepts %s', sql => {
    expect(rules.violations(sql)).toEqual([]);
  });

  it.each([
    'SELECT 1 FROM findings f JOIN finding_counts c USING (entity_id) WHERE f.entity_id = $1',
    'INSERT INTO finding_counts (entity_id, critical) SELECT entity_id, 1 FROM findings WHERE entity_id = $1',
    'WITH gone AS (DELETE FROM findings WHERE entity_id = $1 RETURNING 1) SELECT 1 FROM gone, failovers',
  ])(
    'rejects tables of workers and of the coordinator in one statement: %s',
    sql => {
      expect(rules.entityViolation(sql)).toContain(
        'tables of workers and of the coordinator together',
      );
    },
  );

  it.each([
    'SELECT 1 FROM findings f JOIN entities USING (entity_id) WHERE f.entity_id = $1',
    'SELECT 1 FROM finding_counts JOIN entities USING (entity_id), failovers',
  ])('accepts a copy of a table on every node: %s', sql => {
    expect(rules.entityViolation(sql)).toBeUndefined();
  });

  it('checks every statement of a test database', async () => {
    const { knex } = await databases.createTestDatabase();
    await expect(
      knex.raw(
        'UPDATE entities SET entity_ref = COALESCE(entity_ref, now()::text)',
      ),
    ).rejects.toThrow('Not valid on a distributed database');
    const other = knex.transaction(tx =>
      tx.raw('SELECT ctid FROM entities LIMIT 1'),
    );
    await expect(other).rejects.toThrow('ctid names a row only within a shard');
  });
});

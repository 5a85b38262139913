import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { ensurePartitions } from '../rollups/database/ensurePartitions';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { DistributionRules } from '../testUtils/distribution/DistributionRules';
import { applyDatabaseMigrations } from './migrations';
import { queryRows } from './queryRows';

jest.setTimeout(120_000);

/** They are small, and every node would have a copy. */
const REFERENCE_TABLES = ['entities', 'ingest_tokens'];

describe('a distributed database', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('accepts all migrations and partitions', async () => {
    const { knex } = await databases.createEmptyDatabase();
    const rules = await DistributionRules.load(knex);
    const violations: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => {
      violations.push(...rules.violations(sql));
    });
    await applyDatabaseMigrations(knex);
    await ensurePartitions(knex, {
      now: new Date(),
      rawRetentionMs: 7 * DAY_MS,
    });
    // `denser_histograms` is older than the first distributed database.
    expect(new Set(violations)).toEqual(
      new Set(['ctid names a row only within a shard']),
    );
    expect(violations.filter(each => each.startsWith('ctid'))).toHaveLength(4);
  });

  it('has the entity in every unique key of a table of entities', async () => {
    const { knex } = await databases.createTestDatabase();
    const rows = await queryRows<{ index: string; columns: string[] }>(
      knex,
      `SELECT c.relname AS index, array_agg(a.attname::text) AS columns
         FROM pg_index i
         JOIN pg_class c ON c.oid = i.indexrelid
         JOIN pg_class t ON t.oid = i.indrelid AND t.relkind IN ('r', 'p') AND NOT t.relispartition
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
        WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace
          AND t.relname <> ALL(?)
          AND EXISTS (SELECT 1 FROM pg_attribute e
                       WHERE e.attrelid = t.oid AND e.attname = 'entity_id')
        GROUP BY 1`,
      [REFERENCE_TABLES],
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(
      rows.filter(({ columns }) => !columns.includes('entity_id')),
    ).toEqual([]);
  });
});

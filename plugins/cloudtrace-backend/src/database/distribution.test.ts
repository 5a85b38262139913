import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { ensurePartitions } from '../rollups/database/ensurePartitions';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { DistributionRules } from '../testUtils/distribution/DistributionRules';
import {
  DISTRIBUTION_COLUMN,
  PLACEMENT_VERSION,
  tablePlacement,
} from './distribution/tablePlacement';
import { applyDatabaseMigrations } from './migrations';
import { queryRows } from './queryRows';

jest.setTimeout(120_000);
const MIGRATIONS = join(__dirname, '../../migrations');

describe('a distributed database', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('accepts all migrations, up and down, and partitions', async () => {
    const { knex } = await databases.createEmptyDatabase();
    const rules = await DistributionRules.load(knex);
    const violations: string[][] = [];
    knex.on('query', ({ sql }: { sql: string }) => {
      violations.push(...rules.violations(sql).map(each => [each, sql]));
    });
    await applyDatabaseMigrations(knex);
    await ensurePartitions(knex, {
      now: new Date(),
      rawRetentionMs: 7 * DAY_MS,
    });
    await knex.migrate.rollback({ directory: MIGRATIONS }, true);
    expect(violations).toEqual([]);
  });

  it('changes its shards one after the other in every migration', () => {
    // Otherwise a migration that reads a table and then changes it fails.
    const setting = `SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`;
    const without = readdirSync(MIGRATIONS).filter(
      file => !readFileSync(join(MIGRATIONS, file), 'utf8').includes(setting),
    );
    expect(without).toEqual([]);
  });

  it('has a declared place for every table, and the entity in those that it divides', async () => {
    const { knex } = await databases.createTestDatabase();
    const rows = await queryRows<{ table: string; divisible: boolean }>(
      knex,
      `SELECT t.relname AS "table",
              EXISTS (SELECT FROM pg_attribute a
                       WHERE a.attrelid = t.oid AND a.attname = ?) AS divisible
         FROM pg_class t
        WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition
          AND t.relnamespace = current_schema()::regnamespace
          AND t.relname NOT LIKE 'knex_migrations%'`,
      [DISTRIBUTION_COLUMN],
    );
    const { reference, distributed, local } = tablePlacement;
    expect([...reference, ...distributed, ...local].sort()).toEqual(
      rows.map(({ table }) => table).sort(),
    );
    const divided: readonly string[] = distributed;
    expect(
      rows.filter(row => divided.includes(row.table) && !row.divisible),
    ).toEqual([]);
  });

  it('has another version whenever a table gets another place', () => {
    // Otherwise a replica of the version before moves the table back.
    const { reference, local } = tablePlacement;
    expect({ PLACEMENT_VERSION, reference, local: [...local].sort() }).toEqual({
      PLACEMENT_VERSION: 2,
      reference: ['entities'],
      local: [
        'failovers',
        'finding_counts',
        'fleet_activities',
        'fleet_alarm_transitions',
        'fleet_capacity',
        'fleet_database_events',
        'fleet_gaps',
        'fleet_instances',
        'fleet_leases',
        'fleet_links',
        'fleet_metric_hours',
        'fleet_metrics',
        'fleet_problems',
        'fleet_resources',
        'fleet_runs',
        'fleet_target_states',
        'ingest_tokens',
        'platform_tokens',
        'reported_events',
        'request_archive_days',
        'request_archive_files',
        'request_environments',
        'sent_notifications',
        'service_assignments',
        'table_placement',
        'unknown_services',
        'webhook_deliveries',
      ],
    });
  });

  it('has the entity in every unique key of a divided table', async () => {
    const { knex } = await databases.createTestDatabase();
    const rows = await queryRows<{ index: string; columns: string[] }>(
      knex,
      `SELECT c.relname AS index, array_agg(a.attname::text) AS columns
         FROM pg_index i
         JOIN pg_class c ON c.oid = i.indexrelid
         JOIN pg_class t ON t.oid = i.indrelid AND t.relkind IN ('r', 'p') AND NOT t.relispartition
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
        WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace
          AND t.relname = ANY(?)
        GROUP BY 1`,
      [[...tablePlacement.distributed]],
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(
      rows.filter(({ columns }) => !columns.includes('entity_id')),
    ).toEqual([]);
  });
});

import {
  DurationHistogram,
  histogramSlotMidpointUs,
  wordJudgement,
  type CodedMessage,
} from '@cloudtrace/plugin-cloudtrace-common';
import knexFactory, { type Knex } from 'knex';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabases,
} from '../testUtils';
import {
  applyDatabaseMigrations,
  assertPostgres,
  withMigrationLock,
} from './migrations';
import { ensurePartitions } from '../rollups/database/ensurePartitions';

jest.setTimeout(60_000);
const DIRECTORY = `${__dirname}/../../migrations`;
const WEEK_MS = 7 * 86_400_000;

describe.each(testPostgresVersions())('migrations, PostgreSQL %s', version => {
  let databases: TestDatabases;
  const open: Knex[] = [];
  const another = (connection: string) => {
    const knex = knexFactory({ client: 'pg', connection });
    open.push(knex);
    return knex;
  };

  beforeAll(async () => {
    databases = await startTestPostgres({ version });
  });
  afterAll(async () => {
    await Promise.all(open.map(knex => knex.destroy()));
    await databases.stop();
  });

  it('runs once when two replicas start together', async () => {
    const { knex, connectionString } = await databases.createEmptyDatabase();
    const other = another(connectionString);
    await Promise.all([
      applyDatabaseMigrations(knex),
      applyDatabaseMigrations(other),
    ]);
    const { rows } = await knex.raw(
      'SELECT name, count(*)::int AS times FROM knex_migrations GROUP BY 1',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row: { times: number }) => row.times === 1)).toBe(true);
  });

  it('holds the lock in a transaction, which a pooler keeps on one connection', async () => {
    const { knex } = await databases.createEmptyDatabase();
    const states = async () =>
      (
        await knex.raw(
          `SELECT a.state FROM pg_locks l JOIN pg_stat_activity a USING (pid)
             JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
        )
      ).rows;
    expect(await withMigrationLock(knex, states)).toEqual([
      { state: 'idle in transaction' },
    ]);
    expect(await states()).toEqual([]);
  });

  it('continues after a replica was killed halfway', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    await knex.raw('UPDATE knex_migrations_lock SET is_locked = 1');
    await expect(applyDatabaseMigrations(knex)).resolves.toBeUndefined();
  });

  it('leaves the schema of a newer version as it is', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    await knex('knex_migrations').insert({
      name: '99990101000000_later.js',
      batch: 2,
      migration_time: new Date(),
    });
    await expect(applyDatabaseMigrations(knex)).resolves.toBeUndefined();
    expect(
      await knex('knex_migrations').where('name', 'like', '9999%'),
    ).toHaveLength(1);
  });

  it('migrates down and up again with data in the tables', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    await ensurePartitions(knex, { now: new Date(), rawRetentionMs: WEEK_MS });
    await knex.raw(`
      INSERT INTO requests SELECT now() - n * interval '1 second', n, 5, gen_random_uuid(), 1, 1, 1, 200, 0
        FROM generate_series(1, 10000) n`);
    while (
      (await knex.migrate.currentVersion({ directory: DIRECTORY })) !== 'none'
    ) {
      await knex.migrate.down({ directory: DIRECTORY });
    }
    const { rows } = await knex.raw(
      `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
          AND relname NOT LIKE 'knex_%'`,
    );
    expect(rows).toEqual([]);
    await applyDatabaseMigrations(knex);
    await ensurePartitions(knex, { now: new Date(), rawRetentionMs: WEEK_MS });
    await expect(knex('requests').count()).resolves.toEqual([{ count: '0' }]);
  });

  it('upgrades the data of an older version, on two replicas at once', async () => {
    const { knex, connectionString } = await databases.createEmptyDatabase();
    const [first] = (await knex.migrate.list({ directory: DIRECTORY }))[1];
    await knex.migrate.up({ directory: DIRECTORY, name: first.file });
    await ensurePartitions(knex, { now: new Date(), rawRetentionMs: WEEK_MS });
    await knex.raw(`
      INSERT INTO requests SELECT now() - n * interval '1 second', n, 5, gen_random_uuid(), 1, 1, 1,
                                  CASE WHEN n % 100 = 0 THEN 500 ELSE 200 END, (n % 100 = 0)::int
        FROM generate_series(1, 50000) n`);
    const count = async () =>
      (
        await knex.raw(
          'SELECT count(*)::int AS rows, sum(flags)::int AS errors FROM requests',
        )
      ).rows[0];
    const before = await count();
    expect(before).toEqual({ rows: 50_000, errors: 500 });

    await Promise.all([
      applyDatabaseMigrations(knex),
      applyDatabaseMigrations(another(connectionString)),
    ]);
    expect(await count()).toEqual(before);
    const [, pending] = await knex.migrate.list({ directory: DIRECTORY });
    expect(pending).toEqual([]);
    const { rows } = await knex.raw(
      `SELECT count(*)::int AS indexes, bool_and(i.indisvalid) AS valid
         FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relname LIKE 'requests%'`,
    );
    expect(rows[0].indexes).toBeGreaterThan(0);
    expect(rows[0].valid).toBe(true);

    // One step back also keeps the data: only an index changes.
    const [completed] = await knex.migrate.list({ directory: DIRECTORY });
    const index = completed.findLast(({ name }: { name: string }) =>
      name.endsWith('requests_trace_index.js'),
    );
    await knex.migrate.down({ directory: DIRECTORY, name: index.name });
    expect(await count()).toEqual(before);
    await applyDatabaseMigrations(knex);
    expect(await count()).toEqual(before);
  });

  it('says that a node was requested where an older version said that it came', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    const name = '20261201110000_requested_nodes.js';
    await knex.migrate.down({ directory: DIRECTORY, name });
    const store = (key: string, code: string) =>
      knex.raw(
        `INSERT INTO fleet_activities
         SELECT resource_id, ?, now(), now(), 'other', 'successful', 'unknown', ?::jsonb FROM fleet_resources`,
        [
          key,
          JSON.stringify({
            status: 'successful',
            cause: 'old text',
            description: 'x',
            coded: { cause: { code, values: {} } },
          }),
        ],
      );
    await knex.raw(
      `INSERT INTO fleet_resources (provider, external_id, type, name) VALUES ('p', 'a', 't', 'a')`,
    );
    await store('node-added/1', 'node-added');
    await store('restart/1', 'container-restarted');
    await knex.migrate.up({ directory: DIRECTORY, name });
    const { rows } = await knex.raw(
      'SELECT status, body FROM fleet_activities ORDER BY activity_key',
    );
    const requested = { code: 'node-requested', values: {} };
    expect(rows).toEqual([
      {
        status: 'unknown',
        body: {
          status: 'unknown',
          cause: wordJudgement(requested as CodedMessage),
          description: 'x',
          coded: { cause: requested },
        },
      },
      {
        status: 'successful',
        body: expect.objectContaining({ cause: 'old text' }),
      },
    ]);
    await knex.migrate.down({ directory: DIRECTORY, name });
    await applyDatabaseMigrations(knex);
  });

  it('converts gaps of whole resources to gaps of their parts, and back', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    const name = '20261129130000_fleet_part_gaps.js';
    await knex.migrate.down({ directory: DIRECTORY, name });
    await knex.raw(`
      INSERT INTO fleet_resources (provider, external_id, type, name) VALUES ('p', 'a', 't', 'a');
      INSERT INTO fleet_gaps (resource_id, from_at, to_at)
      SELECT resource_id, '2026-01-01', '2026-01-02' FROM fleet_resources`);
    const gaps = async () =>
      (await knex.raw('SELECT * FROM fleet_gaps ORDER BY 1')).rows;
    const before = await gaps();
    await applyDatabaseMigrations(knex);
    const parts = (await gaps()).map(({ part }: { part: string }) => part);
    expect(new Set(parts).size).toBe(11);
    expect(parts).toHaveLength(11);
    await knex.migrate.down({ directory: DIRECTORY, name });
    expect(await gaps()).toEqual(before);
    await applyDatabaseMigrations(knex);
  });

  it('converts stored histograms to their new format, and back', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    await ensurePartitions(knex, { now: new Date(), rawRetentionMs: WEEK_MS });
    const name = '20261121180000_denser_histograms.js';
    await knex.migrate.down({ directory: DIRECTORY, name });
    // Slots 320, 321 and 400 with 1, 2 and 300 durations, as distances and counts
    const old = Buffer.from([0xc0, 2, 1, 1, 2, 79, 0xac, 2]);
    const tables = ['rollup_deltas', 'rollups_minute', 'rollups_day'];
    for (const table of tables) {
      await knex.raw(
        `INSERT INTO ${table}
         SELECT 1, date_trunc('day', now()) + n * interval '1 second', 1, n, 303, 0, 1, 1, ?
           FROM generate_series(1, 6000) n`,
        [old],
      );
    }
    const stored = async (table: string) =>
      (
        await knex.raw<{ rows: { count: number; histogram: Buffer }[] }>(
          `SELECT count(*)::int, histogram FROM ${table} GROUP BY 2`,
        )
      ).rows;

    await knex.migrate.up({ directory: DIRECTORY, name });
    const expected = new DurationHistogram();
    for (const [slot, count] of [
      [320, 1],
      [321, 2],
      [400, 300],
    ]) {
      expected.add(histogramSlotMidpointUs(slot), count);
    }
    for (const table of tables) {
      const [{ count, histogram }, ...others] = await stored(table);
      expect({ table, count, others }).toEqual({
        table,
        count: 6000,
        others: [],
      });
      expect(DurationHistogram.decode(histogram)).toEqual(expected);
      expect([...histogram]).toEqual([...expected.encode()]);
    }

    await knex.migrate.down({ directory: DIRECTORY, name });
    for (const table of tables) {
      expect(await stored(table)).toEqual([{ count: 6000, histogram: old }]);
    }
  });

  it('uses the newest start of an instance as its arrival, unless it lies in the future', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    const name = '20261129100000_arrivals.js';
    await knex.migrate.down({ directory: DIRECTORY, name });
    await knex.raw(`
      INSERT INTO instances (entity_id, environment, instance_key, last_seen_at)
      SELECT 1, 'test', 'i-' || n, now() + n * interval '1 hour' FROM generate_series(-100, 100) n;
      INSERT INTO rollup_deltas
      SELECT 1, now(), 1, n, 1, 0, 1, 1, '' FROM generate_series(1, 1000) n`);

    await knex.migrate.up({ directory: DIRECTORY, name });
    const { rows } = await knex.raw(`
      SELECT (SELECT count(*)::int FROM instances WHERE last_arrived_at > now()) AS to_come,
             (SELECT count(*)::int FROM instances WHERE last_arrived_at = last_seen_at) AS same,
             (SELECT count(*)::int FROM rollup_deltas WHERE arrived_at <= now()) AS deltas`);
    expect(rows).toEqual([{ to_come: 0, same: 101, deltas: 1000 }]);

    await knex.migrate.down({ directory: DIRECTORY, name });
    await expect(knex('instances').count()).resolves.toEqual([
      { count: '201' },
    ]);
    await applyDatabaseMigrations(knex);
  });

  it('separates instances by kind without losing a row, and back', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    const name = '20261130120000_instance_kinds.js';
    await knex.migrate.down({ directory: DIRECTORY, name });
    // As an older version writes, before and after the migration.
    const insert = (key: string) =>
      knex.raw(
        `INSERT INTO instances (entity_id, environment, instance_key, zone)
         VALUES (1, 'test', ?, 'a') ON CONFLICT DO NOTHING`,
        [key],
      );
    const stored = async () =>
      (await knex('instances').orderBy('instance_id')).map(
        ({ instance_key, kind }) => [instance_key, kind],
      );
    await insert('i-1');
    await knex.migrate.up({ directory: DIRECTORY, name });
    await insert('i-1');
    await insert('i-2');
    await knex.raw(`
      INSERT INTO instances (entity_id, environment, instance_key, zone, kind)
      SELECT 1, 'test', 'i-1', 'a', kind FROM unnest(ARRAY['server', 'consumer', 'server']) kind
      ON CONFLICT DO NOTHING`);
    expect(await stored()).toEqual([
      ['i-1', ''],
      ['i-2', ''],
      ['i-1', 'server'],
      ['i-1', 'consumer'],
    ]);

    await knex.migrate.down({ directory: DIRECTORY, name });
    expect(await stored()).toEqual([
      ['i-1', undefined],
      ['i-2', undefined],
      ['i-1 (server)', undefined],
      ['i-1 (consumer)', undefined],
    ]);
    await applyDatabaseMigrations(knex);
    expect((await stored()).map(([, kind]) => kind)).toEqual(['', '', '', '']);
  });

  it('keeps scan times only where the scan provided one', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    const name = '20261129110000_incomplete_scans.js';
    await knex.migrate.down({ directory: DIRECTORY, name });
    const at = '2026-11-01T10:00:00.000Z';
    for (const [entityId, analysedAt] of [
      [1, at],
      [2, null],
    ]) {
      const scan = { entity_id: entityId, tool: 't', category: 'c', ref: 'r' };
      const id = `00000000-0000-4000-8000-00000000000${entityId}`;
      await knex('scans').insert({
        ...scan,
        scan_id: id,
        format: 'sarif',
        status: 'imported',
        analysed_at: analysedAt,
        received_at: at,
        digest: Buffer.from([1]),
        sent_by: 'token:1',
      });
      await knex('scan_streams').insert({
        ...scan,
        stream_id: id,
        current_scan_id: id,
        analysed_at: at,
      });
    }
    await knex.migrate.up({ directory: DIRECTORY, name });
    expect(
      await knex('scan_streams')
        .select('entity_id', 'analysed_at')
        .orderBy('entity_id'),
    ).toEqual([
      { entity_id: 1, analysed_at: new Date(at) },
      { entity_id: 2, analysed_at: null },
    ]);
    expect(await knex('scans').whereNull('incomplete')).toHaveLength(2);
    await knex.migrate.down({ directory: DIRECTORY, name });
    expect(await knex('scans')).toHaveLength(2);
  });

  it('keeps the English texts without their codes, and back', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await applyDatabaseMigrations(knex);
    const coded = JSON.stringify({ text: { code: 'c', values: {} } });
    await knex.raw(
      `INSERT INTO fleet_resources (provider, external_id, type, name) VALUES ('p', 'a', 't', 'a');
       INSERT INTO fleet_problems (provider, stage, resource_id, code, message, coded)
       SELECT 'p', 'collect', resource_id, 'c', 'text', '${coded}' FROM fleet_resources;
       INSERT INTO fleet_alarm_transitions (resource_id, alarm_name, at, from_state, to_state, reason, coded)
       SELECT resource_id, 'a', now(), 'ok', 'alarm', 'text', '${coded}' FROM fleet_resources;
       INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail, coded)
       SELECT 'e', 'test', resource_id, 'tag', 'text', '${coded}' FROM fleet_resources;
       INSERT INTO fleet_database_events (resource_id, event_key, at, kind, message, coded)
       SELECT resource_id, 'e', now(), 'other', 'text', '${coded}' FROM fleet_resources;
       INSERT INTO scan_pulls (entity_id, source, target, last_error, coded) VALUES (1, 's', 't', 'text', '${coded}');
       INSERT INTO scans (entity_id, scan_id, tool, category, ref, format, status, error, coded, received_at, digest, sent_by)
       VALUES (1, gen_random_uuid(), 't', 'c', 'r', 'sarif', 'failed', 'text', '${coded}', now(), '\\x01', 'token:1')`,
    );
    const textColumns = [
      ['fleet_links', 'detail'],
      ['fleet_database_events', 'message'],
      ['scans', 'error'],
      ['scan_pulls', 'last_error'],
      ['fleet_problems', 'message'],
      ['fleet_alarm_transitions', 'reason'],
    ];
    const rowsOf = (columns: string[]) =>
      Promise.all(
        textColumns.map(([table, text]) =>
          knex(table).select(knex.raw('?? AS text', [text]), ...columns),
        ),
      );
    for (const name of [
      '20261130110000_coded_reasons.js',
      '20261130100000_coded_fleet_texts.js',
    ]) {
      await knex.migrate.down({ directory: DIRECTORY, name });
    }
    await expect(rowsOf(['coded'])).rejects.toThrow(/coded/);
    expect((await rowsOf([])).flat()).toEqual(
      textColumns.map(() => ({ text: 'text' })),
    );
    await applyDatabaseMigrations(knex);
    expect((await rowsOf(['coded'])).flat()).toEqual(
      textColumns.map(() => ({ text: 'text', coded: null })),
    );
  });

  it('rejects a database that is not PostgreSQL', () => {
    const sqlite = { client: { config: { client: 'better-sqlite3' } } };
    expect(() => assertPostgres(sqlite as unknown as Knex)).toThrow(
      "CloudTrace needs PostgreSQL 14 or newer, but its database client is 'better-sqlite3'",
    );
  });
});

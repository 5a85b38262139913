import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { oneServer } from '../../database/distribution/ServerPools';
import { readScansConfig } from '../config';
import { pruneScans } from '../database/pruneScans';
import { readTrend } from '../database/readSummary';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';

jest.setTimeout(120_000);

const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * DAY_MS);
const uuid = (n: number) =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('the retention of scans', () => {
  let databases: TestDatabases;
  let database: TestDatabase;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(() => databases.stop());

  const prune = (signal = new AbortController().signal) =>
    pruneScans(
      {
        knex: database.knex,
        servers: oneServer(database.knex),
        logger: mockServices.logger.mock(),
      },
      {
        ...readScansConfig(new ConfigReader({})).retention,
        signal,
        sliceRows: 2,
      },
    );

  async function addScan(entityId: number, n: number, days: number) {
    await database.knex('scans').insert({
      entity_id: entityId,
      scan_id: uuid(n),
      stream_id: uuid(entityId),
      tool: 'demo',
      category: 'app',
      ref: 'main',
      format: 'sarif',
      status: 'imported',
      received_at: daysAgo(days),
      digest: Buffer.from([n]),
      sent_by: 'token:test',
    });
  }

  async function addFinding(
    entityId: number,
    n: number,
    more: {
      fixedDays?: number;
      state?: string;
      triage?: string;
      kind?: string;
    },
  ) {
    const key = { entity_id: entityId, finding_id: uuid(n) };
    const at = daysAgo(1_000);
    const seen = { first_seen_at: at, last_seen_at: at };
    const { knex } = database;
    await knex('findings').insert({
      ...key,
      ...seen,
      state: more.state ?? 'fixed',
      severity: 4,
      title: `finding ${n}`,
      rule_id: 'rule',
      tools: ['demo'],
      cves: [],
      cwes: [],
      fixed_at: more.fixedDays ? daysAgo(more.fixedDays) : null,
      triage_state: more.triage,
    });
    await knex('finding_keys').insert({ ...key, key: Buffer.from([n]) });
    await knex('finding_sources').insert({
      ...key,
      ...seen,
      stream_id: uuid(entityId),
      tool: 'demo',
      category: 'app',
      ref: 'main',
      rule_id: 'rule',
      severity: 4,
      links: '[]',
      present: !more.fixedDays,
    });
    for (const [i, kind] of ['found', more.kind ?? 'fixed'].entries()) {
      await knex('finding_events').insert({
        ...key,
        event_id: uuid(n * 10 + i),
        at,
        kind,
      });
    }
  }

  const numbers = async (table: string, column: string, entityId: number) =>
    (
      await database
        .knex(table)
        .distinct(column)
        .where({ entity_id: entityId })
        .orderBy(column)
    ).map(row => Number(row[column].slice(-12)));

  it('deletes old data, and keeps what is still current', async () => {
    const { knex } = database;
    await knex('scan_streams').insert({
      entity_id: 1,
      stream_id: uuid(1),
      tool: 'demo',
      category: 'app',
      ref: 'main',
      current_scan_id: uuid(15),
    });
    // More expired scans than one slice deletes; the current scan is the oldest
    // of all.
    for (const n of [11, 12, 13]) await addScan(1, n, 400 + n);
    await addScan(1, 14, 390);
    await addScan(1, 15, 900);

    for (const n of [21, 22, 23]) await addFinding(1, n, { fixedDays: 740 });
    await addFinding(1, 24, { fixedDays: 720 });
    await addFinding(1, 25, { state: 'open' });
    await addFinding(1, 26, { fixedDays: 740, triage: 'accepted' });
    await addFinding(1, 27, { fixedDays: 740, kind: 'triage-removed' });
    await addFinding(2, 21, { fixedDays: 720 });
    for (const [i, days] of [900, 850, 800, 750, 700].entries()) {
      await knex('finding_count_history').insert({
        entity_id: 1,
        at: daysAgo(days),
        critical: i,
        high: 0,
        medium: 0,
        low: 0,
        info: 0,
      });
    }

    await prune();

    expect(await numbers('scans', 'scan_id', 1)).toEqual([14, 15]);
    for (const table of [
      'findings',
      'finding_keys',
      'finding_sources',
      'finding_events',
    ]) {
      expect([table, await numbers(table, 'finding_id', 1)]).toEqual([
        table,
        [24, 25, 26, 27],
      ]);
      expect(await numbers(table, 'finding_id', 2)).toEqual([21]);
    }
    // The count of 750 days ago was valid when the kept period began.
    expect(
      (await readTrend(knex, 1, daysAgo(725), [daysAgo(725), daysAgo(1)])).map(
        ({ critical }) => critical,
      ),
    ).toEqual([3, 4]);
    expect(await knex('finding_count_history').select()).toHaveLength(2);
  });

  it('stops between batches when its time is up', async () => {
    await addScan(3, 31, 500);
    await expect(prune(AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect(await numbers('scans', 'scan_id', 3)).toEqual([31]);
  });

  it('waits for an upload to the same entity', async () => {
    await addScan(4, 41, 500);
    let done = false;
    let pruned: Promise<void> | undefined;
    await database.knex.transaction(async tx => {
      await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), ?)', [
        'cloudtrace-scans',
        4,
      ]);
      pruned = prune().then(() => {
        done = true;
      });
      await new Promise(resolve => setTimeout(resolve, 500));
      expect(done).toBe(false);
    });
    await pruned;
    expect(await numbers('scans', 'scan_id', 4)).toEqual([]);
  });

  it('rejects less than a day', () => {
    const config = { cloudtrace: { scans: { retention: { scans: '1h' } } } };
    expect(() => readScansConfig(new ConfigReader(config))).toThrow(
      'cloudtrace.scans.retention.scans must be at least 1 day',
    );
  });
});

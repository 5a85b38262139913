import {
  MINUTE_MS,
  type FleetPart,
  type FleetReport,
} from '@cloudtrace/plugin-cloudtrace-common';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { ensureResources, resourceKey } from './database/ensureResources';
import { ReportStore } from './ReportStore';

jest.setTimeout(120_000);

const START_MS = Date.parse('2026-03-01T10:00:00Z');
const at = (seconds: number) =>
  new Date(START_MS + seconds * 1000).toISOString();

describe('ReportStore', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  async function setUp(names: readonly string[] = ['web']) {
    const { knex } = await databases.createTestDatabase();
    const resources = names.map(name => ({
      provider: 'fake',
      id: name,
      type: 'auto-scaling-group',
      name,
    }));
    const ids = await ensureResources(knex, resources);
    const idOf = (name: string) =>
      ids.get(resourceKey({ provider: 'fake', id: name }))!;
    const createStore = () =>
      new ReportStore({ knex, maxAgeMs: () => 5 * MINUTE_MS });
    const store = createStore();
    const errors: string[] = [];
    const reportOf = (
      seconds: number,
      more: Partial<FleetReport> = {},
      name = 'web',
    ) => ({
      resourceId: idOf(name),
      report: {
        resource: resources.find(({ id }) => id === name)!,
        observedAt: at(seconds),
        instances: [{ instanceId: 'a', state: 'in-service' as const }],
        problems: [],
        ...more,
      },
    });
    const put = (
      reports: ReturnType<typeof reportOf>[],
      into: ReportStore = store,
    ) => into.store(reports, (_, error) => errors.push(error.message));
    const read = async (name = 'web') => {
      const { rows } = await knex.raw(
        `SELECT r.*, (SELECT max(last_seen_at) FROM fleet_instances i
                       WHERE i.resource_id = r.resource_id) AS written_at
           FROM fleet_resources r WHERE resource_id = ?`,
        [idOf(name)],
      );
      const [row] = rows;
      const readAt: Partial<Record<FleetPart, string>> = row.snapshot.readAt;
      return {
        observedAt: row.observed_at.toISOString(),
        succeededAt: row.last_success_at?.toISOString(),
        /** When the content was last written. */
        writtenAt: row.written_at.toISOString(),
        readAt,
      };
    };
    return { knex, put, read, reportOf, errors, createStore };
  }

  it('moves only the times of a report that says the same', async () => {
    const { put, read, reportOf } = await setUp();
    expect(await put([reportOf(0)])).toMatchObject([
      { first: true, visible: true },
    ]);
    expect(await put([reportOf(60)])).toEqual([]);
    expect(await read()).toEqual({
      observedAt: at(60),
      succeededAt: at(60),
      writtenAt: at(0),
      readAt: { instances: at(60) },
    });
  });

  it('moves only the times of parts that were read again', async () => {
    const { put, read, reportOf } = await setUp();
    const cached = { readAt: { alarms: at(0) }, alarms: [] };
    await put([reportOf(0, cached)]);
    await put([reportOf(60, cached)]);
    expect((await read()).readAt).toEqual({
      instances: at(60),
      alarms: at(0),
    });
  });

  it('keeps the last success of a resource whose problem stays', async () => {
    const { put, read, reportOf } = await setUp();
    const problems = [{ code: 'timeout' as const, message: 'No response' }];
    await put([reportOf(0)]);
    await put([reportOf(60, { problems })]);
    await put([reportOf(120, { problems })]);
    expect(await read()).toMatchObject({
      observedAt: at(120),
      succeededAt: at(0),
    });
  });

  it('counts a report as a success if only what does not exist is missing', async () => {
    const { put, read, reportOf } = await setUp();
    const problems = [{ code: 'not-measured' as const, message: 'No API' }];
    await put([reportOf(0, { problems })]);
    expect((await read()).succeededAt).toBe(at(0));
    await put([reportOf(60, { problems })]);
    expect((await read()).succeededAt).toBe(at(60));
  });

  it('stores the points of metrics of many unchanged reports', async () => {
    const names = ['web', 'api'];
    const { knex, put, read, reportOf } = await setUp(names);
    const withPoint = (seconds: number, value: number) =>
      names.map(name =>
        reportOf(
          seconds,
          {
            metrics: [
              {
                seriesId: 'cpu',
                label: 'CPU',
                unit: '%',
                statistic: 'Average',
                periodMs: MINUTE_MS,
                times: [at(seconds)],
                values: [value],
              },
            ],
          },
          name,
        ),
      );
    await put(withPoint(0, 10));
    await put(withPoint(60, 30));
    const { rows } = await knex.raw(
      `SELECT points, sum FROM fleet_metric_hours ORDER BY resource_id`,
    );
    expect(rows).toEqual([
      { points: 2, sum: 40 },
      { points: 2, sum: 40 },
    ]);
    expect(await read('api')).toMatchObject({
      writtenAt: at(0),
      readAt: { metrics: at(60) },
    });
  });

  it('stores changed reports before unchanged ones', async () => {
    const { knex, put, reportOf } = await setUp(['web', 'api']);
    await put([reportOf(0), reportOf(0, {}, 'api')]);
    const times: unknown[] = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/UPDATE fleet_resources/.test(sql)) times.push(bindings[0]);
    });
    await put([reportOf(60), reportOf(61, { instances: [] }, 'api')]);
    expect(times[0]).toEqual(new Date(at(61)));
    expect(times).toHaveLength(2);
  });

  it('stores a report whose state another replica has changed meanwhile', async () => {
    const { knex, put, reportOf, createStore } = await setUp();
    const stateOf = async () => {
      const { rows } = await knex.raw('SELECT state FROM fleet_instances');
      return rows;
    };
    await put([reportOf(0)]);
    const draining = [{ instanceId: 'a', state: 'draining' as const }];
    await put([reportOf(30, { instances: draining })], createStore());
    expect(await stateOf()).toEqual([{ state: 'draining' }]);
    expect(await put([reportOf(60)])).toMatchObject([{ visible: true }]);
    expect(await stateOf()).toEqual([{ state: 'in-service' }]);
  });

  it('does not confirm with a report that is older than the stored one', async () => {
    const { put, read, reportOf } = await setUp();
    await put([reportOf(60)]);
    expect(await put([reportOf(30)])).toEqual([]);
    expect((await read()).observedAt).toBe(at(60));
  });

  it('records the gap before a report that says the same', async () => {
    const { knex, put, reportOf } = await setUp();
    await put([reportOf(0)]);
    await put([reportOf(600)]);
    const { rows } = await knex.raw(
      'SELECT part, from_at, to_at FROM fleet_gaps',
    );
    expect(rows).toEqual([
      {
        part: 'instances',
        from_at: new Date(at(0)),
        to_at: new Date(at(600)),
      },
    ]);
  });

  it('stores a part that is confirmed for the first time', async () => {
    const { put, read, reportOf } = await setUp();
    await put([reportOf(0)]);
    await put([reportOf(60, { readAt: { alarms: at(50) } })]);
    expect((await read()).readAt).toEqual({
      instances: at(60),
      alarms: at(50),
    });
  });

  it('never confirms a part that is not in the report', async () => {
    const { put, read, reportOf } = await setUp();
    await put([reportOf(0, { alarms: [] })]);
    await put([reportOf(60)]);
    await put([reportOf(120)]);
    expect((await read()).readAt).toEqual({
      instances: at(120),
      alarms: at(0),
    });
  });

  it('stores the other reports if one cannot be stored', async () => {
    const { put, read, reportOf, errors } = await setUp(['web', 'api']);
    await put([reportOf(0, { observedAt: 'never' }), reportOf(0, {}, 'api')]);
    expect(errors).toEqual([expect.stringContaining("'never'")]);
    expect(await read('api')).toMatchObject({ observedAt: at(0) });
  });
});

import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';
import { randomUUID } from 'node:crypto';
import { ensureEntity } from '../../database/entities/ensureEntity';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { keepPulls, listPulls } from './listPulls';
import { listSourceEntities, listSourceStreams } from './listSourceStreams';
import { recordPull } from './recordPull';

jest.setTimeout(60_000);

describe('results of pulls', () => {
  let databases: TestDatabases;
  let database: TestDatabase;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(() => databases.stop());

  const source = 'acme';
  const day = (n: number) => new Date(Date.UTC(2026, 10, n));

  it('are the last success and the last error of each target', async () => {
    const { knex } = database;
    const entityId = await ensureEntity(knex, 'component:default/pulls');
    const record = (target: string, n: number, error?: Wording) =>
      recordPull(knex, { entityId, source, target }, { at: day(n), error });
    await record('a', 1);
    await record('a', 2, {
      code: 'source-http-status',
      values: { where: 'acme', status: 500 },
    });
    await record('a', 1);
    await record('b', 1, 'x'.repeat(2_000));
    await record('b', 3);
    expect(await listPulls(knex, { entityId, source })).toEqual([
      {
        target: 'a',
        lastSuccessAt: day(1),
        lastErrorAt: day(2),
        lastError: 'acme returned HTTP 500',
        coded: {
          lastError: {
            code: 'source-http-status',
            values: { where: 'acme', status: 500 },
          },
        },
      },
      {
        target: 'b',
        lastSuccessAt: day(3),
        lastErrorAt: day(1),
        lastError: 'x'.repeat(1_000),
        coded: null,
      },
    ]);
    await keepPulls(knex, { entityId, source: 'other', targets: [] });
    await keepPulls(knex, { entityId, source, targets: ['b'] });
    expect(await listPulls(knex, { entityId, source })).toMatchObject([
      { target: 'b' },
    ]);
  });

  it('exist for entities with active streams or pulls', async () => {
    const { knex } = database;
    const stream = async (name: string, from: string, isCurrent: boolean) => {
      const entityId = await ensureEntity(knex, `component:default/${name}`);
      await knex('scan_streams').insert({
        entity_id: entityId,
        stream_id: randomUUID(),
        tool: 't',
        category: 'default',
        ref: 'default',
        source: from,
        source_target: 'target',
        current_scan_id: isCurrent ? randomUUID() : null,
      });
      return entityId;
    };
    const current = await stream('current', 'streams', true);
    const ended = await stream('ended', 'streams', false);
    await stream('foreign', 'other', true);
    const failing = await ensureEntity(knex, 'component:default/failing');
    await recordPull(
      knex,
      { entityId: failing, source: 'streams', target: 'x' },
      { at: day(1), error: 'away' },
    );
    expect(await listSourceEntities(knex, 'streams')).toEqual([
      'component:default/current',
      'component:default/failing',
    ]);
    expect(
      await listSourceStreams(knex, { entityId: current, source: 'streams' }),
    ).toMatchObject([{ tool: 't', target: 'target' }]);
    expect(
      await listSourceStreams(knex, { entityId: ended, source: 'streams' }),
    ).toEqual([]);
  });
});

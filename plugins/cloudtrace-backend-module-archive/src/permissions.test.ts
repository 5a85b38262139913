import { asUser } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/backend';
import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import request from 'supertest';
import {
  createDay,
  daysAgo,
  startArchiveBackend,
  timeOf,
  wholeDay,
  type ArchiveBackend,
} from './testUtils/startArchiveBackend';

jest.setTimeout(120_000);

const DAY = daysAgo(20);
const ANN = 'user:default/ann';
const BOB = 'user:default/bob';

/** Ann may read requests, of the shop alone; Bob may see all, but read no requests. */
const refOf = (principal: unknown) =>
  (principal as { userEntityRef?: string }).userEntityRef;

describe('permissions of an archived day', () => {
  let archive: ArchiveBackend;
  const traceId = '1'.repeat(32);

  beforeAll(async () => {
    archive = await startArchiveBackend({
      visible: (entity, principal) =>
        refOf(principal) !== ANN || entity.metadata.name === 'shop',
      policy: ({ permission }, principal) =>
        refOf(principal) !== BOB ||
        permission.name !== 'cloudtrace.requests.read',
    });
    await createDay(archive.database, DAY);
    for (const name of ['shop', 'cart']) {
      await seedRequests(
        archive.database.knex,
        { entityRef: `component:default/${name}`, environment: 'production' },
        Array.from({ length: 30 }, (_, i) => ({
          startedAt: timeOf(DAY, i * 1000),
          instance: `${name}-1`,
          // Both entities have the same traces and spans.
          traceId,
        })),
      );
    }
    await archive.archive();
  });
  afterAll(() => archive.stop());

  const get = (user: string, name: string, path: string, query: object) =>
    request(archive.backend.server)
      .get(`/api/cloudtrace/v1/entities/component/default/${name}${path}`)
      .query({ environment: 'production', ...query })
      .set(asUser(user));
  const details = `/requests/${traceId}/${'1'.padStart(16, '0')}`;
  const calls: Array<[string, object]> = [
    ['/requests', wholeDay(DAY)],
    ['/requests', { ...wholeDay(DAY), traceId }],
    ['/requests', { ...wholeDay(DAY), instance: 'cart-1' }],
    ['/requests/facets', wholeDay(DAY)],
    [details, { at: timeOf(DAY, 0).toISOString() }],
  ];

  it.each(calls)(
    'shows only rows of the entity: %s %j',
    async (path, query) => {
      const { body, status } = await get(ANN, 'shop', path, query);
      expect(status).toBe(200);
      expect(await archive.dayOf(DAY)).toEqual(
        expect.objectContaining({ state: 'dropped' }),
      );
      expect(JSON.stringify(body)).not.toContain('cart');
    },
  );

  it.each(calls)(
    'responds to those who may not see the entity as if it did not exist: %s %j',
    async (path, query) => {
      const { body, status } = await get(ANN, 'cart', path, query);
      expect(status).toBe(404);
      expect(body).not.toHaveProperty('items');
      expect(JSON.stringify(body)).not.toContain('instanceId');
    },
  );

  it.each(calls)(
    'needs the permission to read requests: %s %j',
    async (path, query) => {
      const { body, status } = await get(BOB, 'shop', path, query);
      expect(status).toBe(404);
      expect(JSON.stringify(body)).not.toContain('instanceId');
    },
  );

  it('does not show the archive in Diagnostics without this permission', async () => {
    const idsOf = async (user: string) =>
      (await get(user, 'shop', '/diagnostics', {})).body.sources.map(
        ({ id }: { id: string }) => id,
      );
    expect(await idsOf(ANN)).toContain('archive');
    expect(await idsOf(BOB)).not.toContain('archive');
  });

  it('does not show rows of a file in the manifest that holds another entity only', async () => {
    // As if the manifest were damaged: all files are said to hold the shop.
    await archive.database.knex.raw(
      `UPDATE request_archive_files SET entity_ids = array_remove(entity_ids, (
         SELECT entity_id FROM entities WHERE entity_ref = 'component:default/shop'
       ))`,
    );
    const { body } = await get(ANN, 'shop', '/requests', wholeDay(DAY));
    expect(JSON.stringify(body)).not.toContain('cart');
  });
});

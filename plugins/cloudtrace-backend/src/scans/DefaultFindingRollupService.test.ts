import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import knexFactory, { type Knex } from 'knex';
import type { EntityServers } from '../database/distribution/ServerPools';
import { ensureEntity } from '../database/entities/ensureEntity';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import { testEntity } from '../testUtils/backend';
import { DefaultFindingRollupService } from './DefaultFindingRollupService';
import { refreshCounts } from './database/refreshCounts';
import { storeFinding } from './tests/storeFinding';

jest.setTimeout(60_000);

const CVE = 'CVE-2026-0001';
const NAMES = ['shop', 'cart', 'mail', 'hidden'];

describe('the search for a CVE on several servers', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  /** Connections to a port where nothing listens. */
  const down = knexFactory({
    client: 'pg',
    connection: 'postgres://nobody@127.0.0.1:1/none',
  });
  /** Ids by name. */
  let ids: Record<string, number>;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    ids = {};
    for (const name of NAMES) {
      const entityId = await ensureEntity(
        database.knex,
        `component:default/${name}`,
      );
      ids[name] = entityId;
      const finding_id = await storeFinding(database.knex, { entityId });
      await database
        .knex('findings')
        .where({ entity_id: entityId, finding_id })
        .update({ cves: [CVE] });
      await database.knex.transaction(tx =>
        refreshCounts(tx, entityId, new Date(), true),
      );
    }
  });
  afterEach(() => database.destroy());
  afterAll(async () => {
    await down.destroy();
    await databases.stop();
  });

  /** Server 1 stores the shop, server 2 all others. */
  function search(second: Knex, query: { owner?: string } = {}) {
    const servers: EntityServers = {
      servers: [1, 2],
      serverOf: entityId => (entityId === ids.shop ? 1 : 2),
      poolOf: server => (server === 1 ? database.knex : second),
      refresh: jest.fn(),
      close: async () => undefined,
    };
    const entities = NAMES.map(name =>
      testEntity(name, {
        relations: [{ type: 'ownedBy', targetRef: `group:default/${name}` }],
      }),
    );
    return new DefaultFindingRollupService({
      knex: database.knex,
      servers,
      logger: mockServices.logger.mock(),
      catalog: catalogServiceMock({ entities }),
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ resourceRef }: { resourceRef?: string }) => ({
            result: resourceRef?.endsWith('hidden')
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })) as never,
      }),
    }).list(
      { groupBy: 'entity', cve: CVE, limit: 10, ...query },
      { credentials: mockCredentials.user() },
    );
  }

  it('finds the entities of all servers', async () => {
    const page = await search(database.knex);
    expect(page.items.map(({ title }) => title).sort()).toEqual([
      'cart',
      'mail',
      'shop',
    ]);
    expect(page).not.toHaveProperty('unknownEntities');
  });

  it('counts entities whose server does not respond as unknown, if the caller may see them', async () => {
    const page = await search(down);
    expect(page.items.map(({ title }) => title)).toEqual(['shop']);
    expect(page.unknownEntities).toBe(2);
  });

  it('counts only unknown entities that match the other filters', async () => {
    const page = await search(down, { owner: 'group:default/cart' });
    expect(page).toMatchObject({ items: [], unknownEntities: 1 });
  });
});

import knexFactory, { type Knex } from 'knex';
import { HOUR_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import { testEntity } from '../testUtils/backend';
import { seedRequests } from '../testUtils/seedRequests';
import { createSecretHasher } from '../tokens/hashSecret';
import { TokenRules } from '../tokens/TokenRules';
import { RequestsReporter } from './RequestsReporter';

jest.setTimeout(60_000);

const scope = {
  entityRef: 'component:default/shop',
  entity: testEntity('shop'),
  environment: 'test',
};

describe('RequestsReporter', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  /** Connections to a port where nothing listens. */
  const down = knexFactory({
    client: 'pg',
    connection: 'postgres://nobody@127.0.0.1:1/none',
  });
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    await sendRequest();
  });
  afterEach(() => database.destroy());
  afterAll(async () => {
    await down.destroy();
    await databases.stop();
  });

  const sendRequest = () =>
    seedRequests(database.knex, scope, [
      { startedAt: new Date(), instance: 'i-1', status: 200 },
    ]);

  async function report(ofRequests: Knex = database.knex) {
    const [source] = await new RequestsReporter({
      knex: database.knex,
      tokenRules: new TokenRules({ hasher: createSecretHasher() }),
      store: new DatabaseRequestStore({ knex: ofRequests }),
      compactor: { lastCompletedAt: undefined },
    }).report(scope);
    return { ...source, codes: source.problems.map(({ code }) => code) };
  }

  it('reports requests that wait for compaction too long', async () => {
    expect(await report()).toMatchObject({ status: 'ok', codes: [] });
    await database.knex.raw('UPDATE rollup_deltas SET arrived_at = ?', [
      new Date(Date.now() - HOUR_MS),
    ]);
    await sendRequest();
    expect(await report()).toMatchObject({
      status: 'problem',
      codes: ['rollups-behind'],
      message: expect.stringMatching(/waited for 1.0 h/),
    });
  });

  it('reports that the server of the entity does not respond', async () => {
    expect(await report(down)).toMatchObject({
      status: 'problem',
      codes: ['requests-unreadable'],
      lastSuccessAt: undefined,
    });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { seedRequests } from '../../testUtils/seedRequests';
import { queryRows } from '../queryRows';

jest.setTimeout(300_000);

const directory = join(__dirname, '../../../migrations');
const changes = readdirSync(directory).filter(
  file => !readFileSync(join(directory, file), 'utf8').includes('CREATE TABLE'),
);

// `yarn test:citus` runs these on tables in shards.
describe('a migration of tables with rows', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it.each(changes)('goes down and up: %s', async name => {
    const { knex } = await databases.createTestDatabase();
    const scope = { entityRef: 'component:default/shop', environment: 'test' };
    await seedRequests(knex, scope, [
      { startedAt: new Date(), instance: 'i-1', status: 200 },
      { startedAt: new Date(), instance: 'i-2', status: 500 },
    ]);
    await knex.migrate.down({ directory, name });
    await knex.migrate.up({ directory, name });
    const [counts] = await queryRows(
      knex,
      `SELECT (SELECT count(*)::int FROM requests) AS requests,
              (SELECT count(*)::int FROM instances) AS instances,
              (SELECT sum(requests)::int FROM rollup_deltas WHERE dimension = 1) AS counted`,
    );
    expect(counts).toEqual({ requests: 2, instances: 2, counted: 2 });
  });
});

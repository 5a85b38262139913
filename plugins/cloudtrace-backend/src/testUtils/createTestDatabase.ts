import knexFactory, { type Knex } from 'knex';
import { DistributionRules } from './distribution/DistributionRules';
import { onProductStatement } from './distribution/productStatements';
import { TEMPLATE_DATABASE } from './preparedDataFolder';
import { connectCitus, TestCitus, testCitusUrl } from './TestCitus';
import { TestPostgres, type TestPostgresOptions } from './TestPostgres';

/** The database of one test. */
export interface TestDatabase {
  knex: Knex;
  connectionString: string;
  destroy(): Promise<void>;
}

/** The PostgreSQL server of one test file. */
export interface TestDatabases {
  server: TestPostgres;
  /**
   * Creates an empty database with all tables, and with partitions around now,
   * that takes only statements which are also valid on a distributed database.
   */
  createTestDatabase(): Promise<TestDatabase>;
  /** Creates an empty database without tables. */
  createEmptyDatabase(): Promise<TestDatabase>;
  /** Stops the server and removes everything. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server for a test file. With `CLOUDTRACE_TEST_CITUS`, the
 * file uses the distributed database of this URL instead, emptied for each
 * test; settings and version then do not apply.
 *
 * @example
 * ```ts
 * let databases: TestDatabases;
 * beforeAll(async () => { databases = await startTestPostgres(); });
 * afterAll(() => databases.stop());
 * ```
 */
export async function startTestPostgres(
  options: TestPostgresOptions = {},
): Promise<TestDatabases> {
  const citusUrl = testCitusUrl();
  if (citusUrl) return openTestCitus(citusUrl);
  const server = await TestPostgres.start(options);
  const admin = connect(server.connectionString());
  const rules = await DistributionRules.load(admin);
  const open: TestDatabase[] = [];
  let counter = 0;

  async function create(from: string): Promise<TestDatabase> {
    const name = `test_${++counter}`;
    await admin.raw('CREATE DATABASE ?? TEMPLATE ??', [name, from]);
    const connectionString = server.connectionString(name);
    const knex = connect(connectionString);
    const database = {
      knex,
      connectionString,
      async destroy() {
        await knex.destroy();
        await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
      },
    };
    open.push(database);
    return database;
  }

  return {
    server,
    createEmptyDatabase: () => create('template1'),
    async createTestDatabase() {
      const database = await create(TEMPLATE_DATABASE);
      // What is only valid on one node is found by whichever test runs it.
      database.knex.on('query', ({ sql }: { sql: string }) => rules.check(sql));
      onProductStatement(database.knex, sql => rules.checkEntity(sql));
      return database;
    },
    async stop() {
      await Promise.all(open.map(({ knex }) => knex.destroy()));
      await admin.destroy();
      await server.stop();
    },
  };
}

async function openTestCitus(url: string): Promise<TestDatabases> {
  const citus = await TestCitus.open(url);
  const open: Knex[] = [];
  const closeAll = () => Promise.all(open.splice(0).map(k => k.destroy()));
  const ownServer = (): never => {
    throw new Error('This test needs a PostgreSQL server of its own');
  };
  return {
    get server() {
      return ownServer();
    },
    createEmptyDatabase: async () => ownServer(),
    async createTestDatabase() {
      await closeAll();
      await citus.empty();
      const knex = connectCitus(url, 10);
      open.push(knex);
      return {
        knex,
        connectionString: url,
        destroy: async () => knex.destroy(),
      };
    },
    async stop() {
      await closeAll();
      await citus.close();
    },
  };
}

function connect(connectionString: string): Knex {
  return knexFactory({
    client: 'pg',
    connection: connectionString,
    pool: { min: 0, max: 10 },
  });
}

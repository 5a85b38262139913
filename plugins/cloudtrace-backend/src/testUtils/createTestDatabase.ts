import knexFactory, { type Knex } from 'knex';
import { DistributionRules } from './distribution/DistributionRules';
import { TEMPLATE_DATABASE } from './preparedDataFolder';
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
 * Starts a PostgreSQL server for a test file.
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
      return database;
    },
    async stop() {
      await Promise.all(open.map(({ knex }) => knex.destroy()));
      await admin.destroy();
      await server.stop();
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

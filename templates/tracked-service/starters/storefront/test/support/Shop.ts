import type { FastifyInstance, InjectOptions } from 'fastify';
import { createDependencies } from '../../src/createDependencies.js';
import type { Config } from '../../src/config/config.js';
import type { DatabasePool } from '../../src/database/DatabasePool.js';
import { createServer } from '../../src/http/createServer.js';
import type { Starter } from '../../src/starter/types.js';
import { silentLogger, type TestDatabase } from './testDatabase.js';
import { Visitor } from './Visitor.js';

let numbers = 0;

/** The login for rows only; a second migration would change its password. */
const logins = new WeakMap<TestDatabase, Promise<{ config: Config }>>();

/** Migrates as a deployment does, and logs in as the service does there: a missing grant fails a test. */
function applicationOf(database: TestDatabase): Promise<{ config: Config }> {
  const login = logins.get(database) ?? database.migrate();
  logins.set(database, login);
  return login;
}

/** The whole service in this process, on a database of its own, with a small catalogue. */
export class Shop {
  readonly app: FastifyInstance;
  readonly starter: Starter;
  readonly #pool: DatabasePool;
  readonly #database: TestDatabase;

  private constructor(options: {
    app: FastifyInstance;
    starter: Starter;
    pool: DatabasePool;
    database: TestDatabase;
  }) {
    this.app = options.app;
    this.starter = options.starter;
    this.#pool = options.pool;
    this.#database = options.database;
  }

  static async open(
    database: TestDatabase,
    settings: Partial<Config> = {},
  ): Promise<Shop> {
    const application = await applicationOf(database);
    const config = { ...application.config, ...settings };
    const instance = { id: 'web-test', zone: 'zone-a' };
    const logger = silentLogger;
    const dependencies = await createDependencies({ config, instance, logger });
    const { starter, readiness, database: pool } = dependencies;
    const routes = starter.routes;
    const app = await createServer({
      config,
      instance,
      logger,
      readiness,
      routes,
    });
    return new Shop({ app, starter, pool, database });
  }

  visitor(): Visitor {
    return new Visitor((request: InjectOptions) => this.app.inject(request));
  }

  /** A visitor with a new account. */
  async customer(): Promise<Visitor> {
    const visitor = this.visitor();
    await visitor.signUp(`user${(numbers += 1)}@example.com`);
    return visitor;
  }

  async admin(): Promise<Visitor> {
    const visitor = await this.customer();
    await this.#database.query(
      `UPDATE users SET role = 'admin' WHERE email = '${visitor.email}'`,
    );
    return visitor;
  }

  /** @returns the id of a new product in a category of its own. */
  async addProduct(
    options: { stock?: number; priceCents?: number; name?: string } = {},
  ): Promise<string> {
    const { stock = 10, priceCents = 1_000, name = 'Mug' } = options;
    const slug = `p${(numbers += 1)}`;
    const [row] = await this.#database.query<{ id: string }>(`
      WITH category AS (
        INSERT INTO categories VALUES (gen_random_uuid(), '${slug}', 'Category', 1) RETURNING id
      )
      INSERT INTO products (id, slug, category_id, name, description, price_cents, stock, art, hue)
      SELECT gen_random_uuid(), '${slug}', id, '${name}', 'A thing', ${priceCents}, ${stock}, 'mug', 20
      FROM category RETURNING id`);
    if (!row) throw new Error('no product');
    return row.id;
  }

  async stockOf(productId: string): Promise<number | undefined> {
    const rows = await this.#database.query<{ stock: number }>(
      `SELECT stock FROM products WHERE id = '${productId}'`,
    );
    return rows[0]?.stock;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.starter.close?.();
    await this.#pool.close();
  }
}

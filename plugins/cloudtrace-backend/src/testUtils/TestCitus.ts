import knexFactory, { type Knex } from 'knex';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { assertCoordinator } from '../database/distribution/assertCoordinator';
import { distributeTables } from '../database/distribution/distributeTables';
import { setConnectionOptions } from '../database/distribution/setConnectionOptions';
import { tablePlacement } from '../database/distribution/tablePlacement';
import { applyDatabaseMigrations } from '../database/migrations';
import { queryRows } from '../database/queryRows';
import { ensurePartitions } from '../rollups/database/ensurePartitions';
import { listPartitions } from '../rollups/database/listPartitions';
import { partitionedTables } from '../rollups/database/partitionedTables';

/** URL of the database on a coordinator that tests run on, if there is one. */
export function testCitusUrl(): string | undefined {
  return process.env.CLOUDTRACE_TEST_CITUS || undefined;
}

/** Few, because creating and emptying the shards takes most of the time. */
const SHARDS = 4;

/** Any number works. Test files use the database one after the other. */
const TEST_LOCK = 482_190;

const TABLES = Object.values(tablePlacement).flat();

/**
 * The database on a coordinator that all tests share: a database for each test
 * would take 15 to 40 seconds. It is emptied instead.
 */
export class TestCitus {
  readonly connectionString: string;
  readonly #admin: Knex;
  readonly #lock: Knex;

  private constructor(url: string, admin: Knex, lock: Knex) {
    this.connectionString = url;
    this.#admin = admin;
    this.#lock = lock;
  }

  /** Waits for its turn, and distributes the tables if that is not yet done. */
  static async open(url: string): Promise<TestCitus> {
    const lock = connectCitus(url, 1);
    await lock.raw('SELECT pg_advisory_lock(?)', [TEST_LOCK]);
    const admin = connectCitus(url, 3);
    await assertCoordinator(admin);
    await applyDatabaseMigrations(admin);
    await distributeTables(
      admin,
      { shardCount: SHARDS },
      { info: () => undefined },
    );
    return new TestCitus(url, admin, lock);
  }

  /** Removes all rows, and all partitions but those around now. */
  async empty(): Promise<void> {
    for (const table of partitionedTables) {
      for (const { name, start, end } of await listPartitions(
        this.#admin,
        table,
      )) {
        const past = end.getTime() < Date.now() - 8 * DAY_MS;
        if (past || start.getTime() > Date.now() + 4 * DAY_MS) {
          await this.#admin.raw('DROP TABLE ??', [name]);
        }
      }
    }
    await ensurePartitions(this.#admin, {
      now: new Date(),
      rawRetentionMs: 7 * DAY_MS,
    });
    const tables: string[] = [];
    for (const table of TABLES) {
      const rows = await queryRows<{ any: number }>(
        this.#admin,
        `SELECT 1 AS any FROM ${table} LIMIT 1`,
      );
      if (rows.length > 0) tables.push(table);
    }
    if (tables.length > 0) {
      await this.#admin.raw(
        `SET citus.multi_shard_modify_mode TO 'sequential'; TRUNCATE ${tables} CASCADE`,
      );
    }
  }

  async close(): Promise<void> {
    await this.#admin.destroy();
    await this.#lock.destroy();
  }
}

/** A pool with the options of a distributed database. */
export function connectCitus(connection: string, max: number): Knex {
  const knex = knexFactory({ client: 'pg', connection, pool: { min: 0, max } });
  setConnectionOptions(knex);
  return knex;
}

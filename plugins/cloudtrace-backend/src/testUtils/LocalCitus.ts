import knexFactory, { type Knex } from 'knex';
import { distributeTables } from '../database/distribution/distributeTables';
import { ShardPlacement } from '../database/distribution/ShardPlacement';
import { applyDatabaseMigrations } from '../database/migrations';
import { queryRows } from '../database/queryRows';
import { TestPostgres } from './TestPostgres';

/** Backstage's name for the plugin's database. */
const DATABASE = 'backstage_plugin_cloudtrace';

const SETTINGS = {
  shared_preload_libraries: 'citus',
  max_connections: '200',
  max_prepared_transactions: '200',
  max_wal_size: '8GB',
  // Shards can move while they are written.
  wal_level: 'logical',
  'citus.node_conninfo': 'sslmode=disable',
  'citus.local_hostname': '127.0.0.1',
};

/**
 * The major version of an installed PostgreSQL with the extension citus, if
 * there is one: `CLOUDTRACE_CITUS_PG`.
 */
export function localCitusVersion(): string | undefined {
  return process.env.CLOUDTRACE_CITUS_PG || undefined;
}

/** A durable coordinator and two workers on this machine, with CloudTrace's tables. */
export class LocalCitus {
  private constructor(
    readonly coordinator: TestPostgres,
    readonly workers: readonly TestPostgres[],
    /** Pool of the test. */
    readonly knex: Knex,
  ) {}

  static async start(version: string, shardCount: number): Promise<LocalCitus> {
    const [coordinator, ...workers] = [
      await startServer(version),
      await startServer(version),
      await startServer(version),
    ];
    const knex = connect(coordinator.connectionString(DATABASE));
    await knex.raw('SELECT citus_set_coordinator_host(?, ?)', [
      '127.0.0.1',
      coordinator.port,
    ]);
    for (const { port } of workers) {
      await knex.raw('SELECT citus_add_node(?, ?)', ['127.0.0.1', port]);
    }
    await applyDatabaseMigrations(knex);
    await distributeTables(knex, { shardCount }, { info: () => undefined });
    return new LocalCitus(coordinator, workers, knex);
  }

  /** Returns whether a worker stores an entity. */
  async finder(worker: TestPostgres): Promise<(entityId: number) => boolean> {
    const placement = await ShardPlacement.load({
      knex: this.knex,
      logger: { warn: () => undefined },
    });
    const [node] = await queryRows<{ groupid: number }>(
      this.knex,
      'SELECT groupid FROM pg_dist_node WHERE nodeport = ?',
      [worker.port],
    );
    return entityId => placement.serverOf(entityId) === node.groupid;
  }

  /**
   * Moves a quarter of the shards from one worker to another.
   *
   * @param mode - `block_writes`, or `force_logical`, which lets inserts go on
   */
  async moveShards(from: number, to: number, mode: string): Promise<void> {
    const [source, target] = [this.workers[from].port, this.workers[to].port];
    const shards = await queryRows<{ id: string }>(
      this.knex,
      `SELECT shardid::text AS id FROM citus_shards
        WHERE table_name = 'requests'::regclass AND nodeport = ? ORDER BY 1`,
      [source],
    );
    for (const { id } of shards.slice(0, Math.ceil(shards.length / 4))) {
      await this.knex.raw(
        "SELECT citus_move_shard_placement(?, '127.0.0.1', ?, '127.0.0.1', ?, ?)",
        [id, source, target, mode],
      );
    }
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    for (const server of [this.coordinator, ...this.workers]) {
      await server.stop();
    }
  }
}

async function startServer(version: string): Promise<TestPostgres> {
  const server = await TestPostgres.start({
    version,
    durable: true,
    settings: SETTINGS,
  });
  const admin = connect(server.connectionString());
  await admin.raw('CREATE DATABASE ??', [DATABASE]);
  await admin.destroy();
  const own = connect(server.connectionString(DATABASE));
  await own.raw('CREATE EXTENSION citus');
  await own.destroy();
  return server;
}

function connect(connection: string): Knex {
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 4 },
  });
  // Connections break when a server is killed; the next query creates new ones.
  knex.on('error', () => undefined);
  return knex;
}

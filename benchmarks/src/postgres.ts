import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { applyDatabaseMigrations } from '../../plugins/cloudtrace-backend/src/database/migrations';
import { ensurePartitions } from '../../plugins/cloudtrace-backend/src/rollups/database/ensurePartitions';
import { listPartitions } from '../../plugins/cloudtrace-backend/src/rollups/database/listPartitions';
import { partitionedTables } from '../../plugins/cloudtrace-backend/src/rollups/database/partitionedTables';
import { summarizeBlockRanges } from '../../plugins/cloudtrace-backend/src/rollups/database/summarizeBlockRanges';
import { TestPostgres } from '../../plugins/cloudtrace-backend/src/testUtils/TestPostgres';

/**
 * The PostgreSQL server of the benchmarks: durable, with default settings
 * except for the WAL size.
 */
export interface BenchPostgres {
  server: TestPostgres;
  knex: Knex;
  connectionString: string;
  /** CPU seconds that all processes of the server have used so far. */
  cpuSeconds(): number;
  /** What can make commits wait, since the start of the server. */
  waits(): Promise<ServerWaits>;
  stop(): Promise<void>;
}

/** Checkpoints, and flushes of the write-ahead log to the disk. */
export interface ServerWaits {
  checkpoints: number;
  walSyncs: number;
  walSyncMs: number;
}

/** The name that the backend gives the plugin's database. */
const DATABASE = 'backstage_plugin_cloudtrace';

const DAY_MS = 86_400_000;

/** Starts a PostgreSQL, by default 18, with an empty CloudTrace database. */
export async function startPostgres(version?: string): Promise<BenchPostgres> {
  const server = await TestPostgres.start({
    version,
    durable: true,
    // The timing explains slow acknowledgements; it reads the clock twice per sync.
    settings: { max_wal_size: '8GB', track_wal_io_timing: 'on' },
  });
  const admin = connect(server.connectionString());
  await admin.raw('CREATE DATABASE ??', [DATABASE]);
  await admin.destroy();
  const connectionString = server.connectionString(DATABASE);
  const knex = connect(connectionString);
  await applyDatabaseMigrations(knex);
  await ensurePartitions(knex, { now: new Date(), rawRetentionMs: 7 * DAY_MS });
  return {
    server,
    knex,
    connectionString,
    cpuSeconds: () => cpuOfServer(server.dataFolder),
    waits: () => readWaits(knex),
    async stop() {
      await knex.destroy();
      await server.stop();
    },
  };
}

/**
 * Empties every table that ingest fills, and starts from a fresh checkpoint.
 * Compaction may run at the same time, so tables are locked in its order.
 */
export async function emptyTables(knex: Knex): Promise<void> {
  await knex.raw(
    `TRUNCATE rollup_progress, rollup_deltas, rollups_minute, rollups_hour,
              rollups_day, requests, request_ledger`,
  );
  // As in a new partition; TRUNCATE builds the indexes anew.
  const partitions = await listPartitions(knex, partitionedTables[0]);
  await summarizeBlockRanges(
    knex,
    partitions.map(({ name }) => name),
  );
  await knex.raw('CHECKPOINT');
}

async function readWaits(knex: Knex): Promise<ServerWaits> {
  const { rows } = await knex.raw<{ rows: ServerWaits[] }>(`
    SELECT (SELECT num_done FROM pg_stat_checkpointer)::float8 AS "checkpoints",
           COALESCE(sum(fsyncs), 0)::float8 AS "walSyncs",
           COALESCE(sum(fsync_time), 0)::float8 AS "walSyncMs"
    FROM pg_stat_io WHERE object = 'wal'`);
  return rows[0];
}

function connect(connection: string): Knex {
  return knexFactory({ client: 'pg', connection, pool: { min: 0, max: 4 } });
}

/** Clock ticks per second in Linux's /proc. */
const TICKS = 100;

function cpuOfServer(dataFolder: string): number {
  const main = Number(
    readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    const fields = /^\d+$/.test(entry) ? readStat(entry) : undefined;
    if (fields && (Number(entry) === main || Number(fields[1]) === main)) {
      ticks += Number(fields[11]) + Number(fields[12]);
      if (Number(entry) === main) {
        // CPU time of processes that have ended, such as those of closed
        // connections.
        ticks += Number(fields[13]) + Number(fields[14]);
      }
    }
  }
  return ticks / TICKS;
}

function readStat(pid: string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

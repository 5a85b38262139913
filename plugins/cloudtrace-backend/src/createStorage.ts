import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Knex } from 'knex';
import {
  oneServer,
  ServerPools,
  type EntityServers,
} from './database/distribution/ServerPools';
import { ShardPlacement } from './database/distribution/ShardPlacement';
import { deleteOldUsage } from './ingest/database/deleteOldUsage';
import type { RetentionConfig } from './rollups/config';
import { hasPartitionsFor } from './rollups/database/hasPartitionsFor';
import { readTableSizes } from './rollups/database/readTableSizes';
import { PartitionMaintenance } from './rollups/PartitionMaintenance';
import { RollupCompactor } from './rollups/RollupCompactor';
import { scheduleMaintenance } from './rollups/scheduleMaintenance';

/** The quota needs only today's usage; a month of it helps with analysis. */
const USAGE_RETENTION_MS = 30 * 86_400_000;

/** For each worker of a distributed database. */
const MAINTENANCE_CONNECTIONS = 2;

/** A statement about one entity takes seconds at most; longer means that its worker hangs. */
const MAINTENANCE_TIMEOUT_MS = 30_000;

/** What keeps the tables of requests in order. */
export interface Storage {
  compactor: RollupCompactor;
  partitions: PartitionMaintenance;
  /** Where entities are stored, for work on all of them in the background. */
  servers: EntityServers;
}

/** Dependencies of the storage of requests. */
export interface StorageDeps {
  knex: Knex;
  retention: RetentionConfig;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: MetricsService;
  /** Whether this replica takes part in compaction and retention. */
  maintains: boolean;
  /** Whether the archive drops the requests, after it has stored them. */
  archivesRequests?: boolean;
  /** Whether the tables of entities are in shards on workers; by default they are not. */
  distributed?: boolean;
}

/** Creates the storage of requests; today's partitions exist when it resolves. */
export async function createStorage(deps: StorageDeps): Promise<Storage> {
  const { knex, logger, retention } = deps;
  const servers = await openServers(deps);
  const partitions = new PartitionMaintenance({
    knex,
    logger,
    retention,
    archivesRequests: deps.archivesRequests,
    onDropExpired: now =>
      deleteOldUsage(
        { knex, servers, logger },
        new Date(now.getTime() - USAGE_RETENTION_MS),
      ),
  });
  const compactor = new RollupCompactor({ knex, servers, logger });
  await ensurePartitionsAtStart(deps, partitions);
  if (deps.maintains) {
    await scheduleMaintenance({ ...deps, compactor, partitions });
    observeStorage(deps, compactor);
  }
  return { compactor, partitions, servers };
}

/**
 * Partitions are created days ahead. A backend that starts while they cannot be
 * created, because a worker is down, uses those that exist.
 */
async function ensurePartitionsAtStart(
  { knex, logger }: StorageDeps,
  partitions: PartitionMaintenance,
): Promise<void> {
  try {
    await partitions.ensure();
  } catch (error) {
    if (!(await hasPartitionsFor(knex, new Date()))) throw error;
    logger.warn(
      'Could not create all partitions; those of today exist, and the next attempt is within the hour',
      error as Error,
    );
  }
}

/** Connections of their own for each worker: work for a worker that hangs holds up no other. */
async function openServers(deps: StorageDeps): Promise<EntityServers> {
  const { knex, lifecycle } = deps;
  if (!deps.distributed || !deps.maintains) return oneServer(knex);
  const servers = new ServerPools(knex, await ShardPlacement.load(deps), {
    connections: MAINTENANCE_CONNECTIONS,
    statementTimeoutMs: MAINTENANCE_TIMEOUT_MS,
  });
  lifecycle.addShutdownHook(() => servers.close());
  return servers;
}

/** Metrics of the stages after ingest: rollup lag and partition sizes. */
function observeStorage(
  { metrics, knex, logger }: StorageDeps,
  compactor: RollupCompactor,
): void {
  metrics
    .createObservableGauge('cloudtrace.rollups.lag', {
      description: 'Time since this replica last compacted all rollups',
      unit: 's',
    })
    .addCallback(result => {
      // Compaction runs on one replica at a time; the others report nothing.
      const { lastCompletedAt } = compactor;
      if (lastCompletedAt) {
        result.observe((Date.now() - lastCompletedAt.getTime()) / 1000);
      }
    });
  metrics
    .createObservableGauge('cloudtrace.partitions.size', {
      description: 'Size of the partitions of a table, including indexes',
      unit: 'By',
    })
    .addCallback(async result => {
      try {
        for (const { table, bytes } of await readTableSizes(knex)) {
          result.observe(bytes, { table });
        }
      } catch (error) {
        logger.warn('Could not read partition sizes', error as Error);
      }
    });
}

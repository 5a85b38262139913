import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { EntityPlacement } from './database/distribution/EntityPlacement';
import {
  oneServer,
  ServerPools,
  type EntityServers,
} from './database/distribution/ServerPools';
import { isOutage } from './database/isOutage';
import type { IngestConfig } from './ingest/config';
import type { RetentionConfig } from './rollups/config';
import type { PartitionMaintenance } from './rollups/PartitionMaintenance';
import { createOtlpRouter } from './ingest/http/createOtlpRouter';
import type { TokenVerifier } from './tokens/types';
import type { Platform } from './createPlatform';
import { DatabaseBatchWriter } from './ingest/commit/DatabaseBatchWriter';
import { GroupCommit } from './ingest/commit/GroupCommit';
import { ServerCommits } from './ingest/commit/ServerCommits';
import { DatabaseNameStore } from './ingest/dictionary/DatabaseNameStore';
import { DictionaryCache } from './ingest/dictionary/DictionaryCache';
import { createGrpcHandler } from './ingest/grpc/createGrpcHandler';
import { GrpcListener } from './ingest/grpc/GrpcListener';
import {
  createOtlpHandler,
  type OtlpHandlerOptions,
} from './ingest/http/createOtlpHandler';
import { FairTurns } from './ingest/http/FairTurns';
import { InFlightBytes } from './ingest/http/InFlightBytes';
import { OtlpListener } from './ingest/http/OtlpListener';
import { ExportReceiver } from './ingest/ExportReceiver';
import { IngestMeter } from './ingest/IngestMeter';
import { IngestService } from './ingest/IngestService';
import { DailyBytesQuota } from './ingest/quotas/DailyBytesQuota';
import { IngestQuotas } from './ingest/quotas/IngestQuotas';
import { SpanRateQuota } from './ingest/quotas/SpanRateQuota';
import { ServiceIngest } from './ingest/services/ServiceIngest';
import type { IngestStatistics } from './ingest/types';

/** Concurrent transactions of a server; a third one is no faster. */
const CONNECTIONS = 2;

/** Connections for a worker: the transactions, names, and usage. */
const POOL_SIZE = CONNECTIONS + 3;

/**
 * Batches in memory, about 100,000 spans: two being written, one being filled,
 * the others waiting. Servers share them equally.
 */
const MAX_BATCHES = 12;

/** With many servers, each still has this many: being written, filled, and waiting. */
const MIN_BATCHES = 3;

/** From this many spans on, a second concurrent transaction pays off. */
const OVERLAP_SPANS = 4000;

/** Decoding yields to everything else after this time. */
const MAX_DECODING_MS = 5;

const USAGE_FLUSH_MS = 10_000;

/** No partition for a row: PostgreSQL reports check_violation. */
const NO_PARTITION = '23514';

/** What ingest provides to the rest of the backend. */
export interface Ingest {
  router: Router;
  /** Statistics since this process started. */
  statistics(): IngestStatistics;
}

/** Dependencies of ingest. */
export interface IngestDeps {
  knex: Knex;
  config: IngestConfig;
  retention: RetentionConfig;
  tokens: TokenVerifier;
  /** Where entities are stored; absent if one server stores all. */
  placement?: EntityPlacement;
  /** Makes a partition that a row needs. */
  partitions: PartitionMaintenance;
  lifecycle: LifecycleService;
  logger: LoggerService;
  metrics: MetricsService;
  /** Absent while platform tokens are off. */
  platform?: Pick<Platform, 'tokens' | 'directory' | 'unknownServices'>;
  /** Called after each commit with the entities that have new requests. */
  onStored?: (entityRefs: ReadonlySet<string>) => void;
}

/** Creates ingest. */
export async function createIngest(deps: IngestDeps): Promise<Ingest> {
  const { knex, config, logger, lifecycle, placement } = deps;
  const servers = placement
    ? new ServerPools(knex, placement, {
        connections: POOL_SIZE,
        statementTimeoutMs: config.statementTimeoutMs,
      })
    : oneServer(knex);
  const inFlight = new InFlightBytes(config.maxInFlightBytes);
  const commits: ServerCommits = new ServerCommits(servers, server =>
    createGroupCommit(deps, servers, server, () => meter),
  );
  const meter = new IngestMeter(deps.metrics, {
    queueBytes: () => inFlight.used,
    maxQueueBytes: inFlight.max,
    waitingSpans: () => commits.waitingSpans,
  });
  const dailyBytes = new DailyBytesQuota(servers, config.quotas.bytesPerDay);
  const flushUsage = () =>
    dailyBytes
      .flush()
      .catch(error => logger.warn('Could not record usage', error));
  const usageTimer = setInterval(flushUsage, USAGE_FLUSH_MS).unref();

  let draining = false;
  const isDraining = () => draining;
  const receiver = createReceiver(deps, {
    servers,
    commits,
    dailyBytes,
    meter,
    isDraining,
  });
  const handling = {
    receiver,
    meter,
    logger,
    body: {
      maxBodyBytes: config.maxBodyBytes,
      timeoutMs: config.bodyTimeoutMs,
      inFlight,
    },
  };
  const handler = createOtlpHandler(handling);
  const listener = await startListener(deps, handler, isDraining);
  const grpc = await startGrpc(deps, handling, isDraining);
  lifecycle.addShutdownHook(async () => {
    draining = true;
    clearInterval(usageTimer);
    await Promise.all([commits.drain(), listener?.stop(), grpc?.stop()]);
    await flushUsage();
    await servers.close();
  });
  return {
    router: createOtlpRouter(handler),
    statistics: () => meter.read(),
  };
}

function createGroupCommit(
  { config, logger, partitions, onStored }: IngestDeps,
  servers: EntityServers,
  server: number,
  meter: () => IngestMeter,
): GroupCommit {
  const writer = new DatabaseBatchWriter(servers.poolOf(server), {
    ...config,
    connections: CONNECTIONS,
  });
  return new GroupCommit({
    ...config,
    write: (batch, slot) => writer.write(batch, slot),
    connections: CONNECTIONS,
    maxBatches: Math.max(
      MIN_BATCHES,
      Math.floor(MAX_BATCHES / servers.servers.length),
    ),
    overlapSpans: OVERLAP_SPANS,
    onCommit: ({ spans, durationMs, entityRefs }) => {
      meter().countCommit(spans, durationMs);
      onStored?.(entityRefs);
    },
    onFailure: ({ error, spans }) => {
      meter().countFailure(error);
      logger.warn(
        `Could not store a batch of ${spans} spans: ${error.message}`,
      );
      if ((error as { code?: string }).code === NO_PARTITION) {
        partitions.ensure().catch(reason => logger.error(reason));
      }
      if (isOutage(error)) servers.refresh();
    },
  });
}

function createReceiver(
  { config, retention, tokens, platform }: IngestDeps,
  using: {
    servers: EntityServers;
    commits: ServerCommits;
    dailyBytes: DailyBytesQuota;
    meter: IngestMeter;
    isDraining: () => boolean;
  },
): ExportReceiver {
  const names = new DatabaseNameStore({
    servers: using.servers,
    maxRoutesPerDay: config.quotas.routesPerDay,
    maxInstancesPerDay: config.quotas.instancesPerDay,
    statementTimeoutMs: config.statementTimeoutMs,
  });
  const ingest = new IngestService({
    ...config,
    commits: using.commits,
    dictionaries: new DictionaryCache(names),
    acceptPastMs: retention.rawMs,
  });
  const quotas = new IngestQuotas(
    new SpanRateQuota(config.quotas.spansPerSecond),
    using.dailyBytes,
  );
  return new ExportReceiver({
    ...using,
    tokens,
    ingest,
    quotas,
    turns: new FairTurns(MAX_DECODING_MS),
    platform: platform && {
      tokens: platform.tokens,
      ingest: new ServiceIngest({ ...config, ...platform, ingest, quotas }),
    },
  });
}

/** Listens on ingest's own port, if one is configured. */
async function startListener(
  { config, logger }: IngestDeps,
  handle: ReturnType<typeof createOtlpHandler>,
  isDraining: () => boolean,
): Promise<OtlpListener | undefined> {
  if (!config.listen) return undefined;
  const listener = await OtlpListener.start({
    listen: config.listen,
    handle,
    isDraining,
    bodyTimeoutMs: config.bodyTimeoutMs,
  });
  logger.info(`Ingest listens on its own port ${listener.port}`);
  return listener;
}

/** Listens for gRPC, if a port is configured. */
async function startGrpc(
  { config, logger }: IngestDeps,
  handling: OtlpHandlerOptions,
  isDraining: () => boolean,
): Promise<GrpcListener | undefined> {
  if (!config.grpc) return undefined;
  const listener = await GrpcListener.start({
    listen: config.grpc,
    handle: createGrpcHandler(handling),
    isDraining,
  });
  logger.info(`Ingest listens for gRPC on port ${listener.port}`);
  return listener;
}

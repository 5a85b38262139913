import { setTimeout as sleep } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import type { Config } from './config/config.js';
import { DatabasePool } from './database/DatabasePool.js';
import { classifyError } from './database/errors.js';
import { migrate } from './database/migrate.js';
import { Readiness } from './health/Readiness.js';
import { createServer } from './http/createServer.js';
import type { Instance } from './instance/types.js';
import { DatabaseRequestStore } from './requests/DatabaseRequestStore.js';
import { createCredentialsProvider } from './secrets/createCredentialsProvider.js';
import { createLogger } from './telemetry/createLogger.js';
import type { Telemetry } from './telemetry/startTelemetry.js';

export interface ServiceOptions {
  readonly config: Config;
  readonly instance: Instance;
  readonly telemetry: Telemetry;
}

const migrationPauseMs = 1_000;

/** Wires the service together and keeps it running until a signal ends it. */
export async function runService(options: ServiceOptions): Promise<void> {
  const { config, instance, telemetry } = options;
  const logger = createLogger(config, instance);
  const database = new DatabasePool({
    config,
    credentials: createCredentialsProvider(config),
    logger,
  });
  const readiness = new Readiness([
    { name: 'database', required: true, check: () => database.ping() },
  ]);
  const server = await createServer({
    serviceName: config.OTEL_SERVICE_NAME,
    instance,
    logger,
    readiness,
    store: new DatabaseRequestStore({ database, instance }),
  });

  closeWithGrace(
    { delay: config.SHUTDOWN_TIMEOUT_MS, logger },
    async ({ err, signal }) => {
      if (err) logger.fatal({ err }, 'stopping after an unexpected error');
      else logger.info({ signal }, 'draining');
      readiness.startDraining();
      // The load balancer needs a few probes to notice; until then requests keep coming and are served.
      if (!err) await sleep(config.SHUTDOWN_DRAIN_MS);
      await server.close();
      await database.close();
      await telemetry.shutdown();
    },
  );

  await server.listen({ host: config.HOST, port: config.PORT });
  if (config.DATABASE_MIGRATE_ON_START) {
    await migrateWhenReachable(database, logger);
  }
  readiness.markStarted();
}

/** The database may come up after the service; until then readiness says so. */
async function migrateWhenReachable(
  database: DatabasePool,
  logger: Logger,
): Promise<void> {
  for (;;) {
    try {
      const applied = await migrate(database, logger);
      logger.info({ applied }, 'schema is up to date');
      return;
    } catch (error) {
      if (classifyError(error) === 'permanent') throw error;
      logger.warn({ err: error }, 'the database is not reachable yet');
      await sleep(migrationPauseMs);
    }
  }
}

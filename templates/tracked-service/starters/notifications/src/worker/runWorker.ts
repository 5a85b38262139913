import closeWithGrace from 'close-with-grace';
import { announceAdapters } from '../adapters/Adapters.js';
import type { Config } from '../config/config.js';
import { DatabasePool } from '../database/DatabasePool.js';
import {
  migrateWhenReachable,
  waitForMigrations,
} from '../database/migrate.js';
import { Readiness } from '../health/Readiness.js';
import { createServer } from '../http/createServer.js';
import type { Instance } from '../instance/detectInstance.js';
import { createCredentialsProvider } from '../secrets/createCredentialsProvider.js';
import { createParts } from '../starter/createParts.js';
import { createLogger } from '../telemetry/createLogger.js';
import type { Telemetry } from '../telemetry/startTelemetry.js';
import { downloadAuthorities } from './downloadAuthorities.js';
import { startWork, type Work } from './startWork.js';

/** Starts the worker and keeps it running until a signal or an unexpected error ends it. */
export async function runWorker(options: {
  config: Config;
  instance: Instance;
  telemetry: Telemetry;
}): Promise<void> {
  const { config, instance, telemetry } = options;
  const logger = createLogger(config, instance);
  const credentials = await createCredentialsProvider(config);
  const database = new DatabasePool({
    config,
    credentials,
    logger,
    ...(config.DATABASE_CA_URL && {
      ca: await downloadAuthorities(config.DATABASE_CA_URL),
    }),
  });
  const context = { config, instance, logger, database };
  const parts = await createParts(context);
  const { eventBus } = parts.adapters;
  const readiness = new Readiness([
    { name: 'database', required: true, check: () => database.ping() },
    { name: 'event bus', required: true, check: () => eventBus.check() },
  ]);
  const routes = async () => Promise.resolve();
  const server = await createServer({ ...context, readiness, routes });
  const started: { work?: Work } = {};

  const closing = closeWithGrace(
    { delay: config.SHUTDOWN_TIMEOUT_MS, logger },
    async ({ err, signal }) => {
      if (err) logger.fatal({ err }, 'stopping after an unexpected error');
      else logger.info({ signal }, 'the worker stops');
      readiness.startDraining();
      await started.work?.stop();
      await server.close();
      await parts.adapters.close();
      await database.close();
      await telemetry.shutdown();
    },
  );
  // A worker that the API started ends with it.
  process.once('disconnect', () => closing.close());

  announceAdapters(parts.adapters, logger);
  await server.listen({ host: config.HOST, port: config.WORKER_PORT });
  if (config.DATABASE_MIGRATE_ON_START) {
    await migrateWhenReachable(database, logger);
  } else {
    await waitForMigrations(database, logger);
  }
  started.work = await startWork({ ...context, parts });
  readiness.markStarted();
}

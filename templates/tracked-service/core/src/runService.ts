import { setTimeout as sleep } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { Config } from './config/config.js';
import { createDependencies } from './createDependencies.js';
import { migrateWhenReachable, waitForMigrations } from './database/migrate.js';
import { createServer } from './http/createServer.js';
import type { Instance } from './instance/detectInstance.js';
import { createLogger } from './telemetry/createLogger.js';
import type { Telemetry } from './telemetry/startTelemetry.js';

/** Starts the service and keeps it running until a signal or an unexpected error ends it. */
export async function runService(options: {
  config: Config;
  instance: Instance;
  telemetry: Telemetry;
}): Promise<void> {
  const { config, instance, telemetry } = options;
  const logger = createLogger(config, instance);
  const { database, starter, readiness } = await createDependencies({
    config,
    instance,
    logger,
  });
  const server = await createServer({
    config,
    instance,
    logger,
    readiness,
    routes: starter.routes,
  });

  closeWithGrace(
    { delay: config.SHUTDOWN_DRAIN_MS + config.SHUTDOWN_TIMEOUT_MS, logger },
    async ({ err, signal }) => {
      if (err) logger.fatal({ err }, 'stopping after an unexpected error');
      else logger.info({ signal }, 'draining');
      readiness.startDraining();
      // The load balancer needs a few probes to notice; until then requests still arrive and are served.
      if (!err) await sleep(config.SHUTDOWN_DRAIN_MS);
      starter.startDraining?.();
      await server.close();
      await Promise.all(starter.tasks.map(task => task.stop()));
      await starter.close?.();
      await database.close();
      await telemetry.shutdown();
    },
  );

  // Listens before the database is ready: liveness must respond while readiness still fails.
  await server.listen({ host: config.HOST, port: config.PORT });
  if (config.DATABASE_MIGRATE_ON_START) {
    await migrateWhenReachable(database, logger);
  } else {
    await waitForMigrations(database, logger);
  }
  readiness.markStarted();
  for (const task of starter.tasks) task.start();
}

import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config/config.js';
import type { EventStore } from '../events/EventStore.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import type { SessionStore } from '../sessions/SessionStore.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { cleanUpJob } from './cleanUp.js';
import type { ScheduledJob } from './JobQueue.js';
import { reportJob } from './report.js';
import { userSyncJob } from './userSync.js';

/** Names of jobs that earlier releases had: their schedules end when a worker of this release starts. */
export const retiredJobs: readonly string[] = [];

/** Everything that runs on a schedule, whatever the settings: instances with other ones may run beside this one. */
export function scheduledJobs(parts: {
  config: Config;
  logger: FastifyBaseLogger;
  database: ServiceDatabase;
  store: EventStore;
  sessions: SessionStore;
  limiter: AttemptLimiter;
}): ScheduledJob[] {
  const { config, logger, database } = parts;
  const { USER_DIRECTORY_URL: url, USER_DIRECTORY_TOKEN: token } = config;
  if (!url) {
    logger.info('users are not synchronised: USER_DIRECTORY_URL is not set');
  }
  return [
    cleanUpJob({ ...parts, retentionDays: config.EVENT_RETENTION_DAYS }),
    reportJob(database),
    userSyncJob({ database, url, token }),
  ];
}

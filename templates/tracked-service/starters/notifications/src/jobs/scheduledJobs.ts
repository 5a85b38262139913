import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config/config.js';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import type { SessionStore } from '../sessions/SessionStore.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { cleanUpJob } from './cleanUp.js';
import type { ScheduledJob } from './JobQueue.js';
import { reportJob } from './report.js';
import { userSyncJob } from './userSync.js';

/** Everything that runs on a schedule. */
export function scheduledJobs(parts: {
  config: Config;
  logger: FastifyBaseLogger;
  database: ServiceDatabase;
  sessions: SessionStore;
  limiter: AttemptLimiter;
}): ScheduledJob[] {
  const { config, logger, database } = parts;
  const { USER_DIRECTORY_URL: url, USER_DIRECTORY_TOKEN: token } = config;
  const jobs = [cleanUpJob(parts), reportJob(database)];
  if (url) return [...jobs, userSyncJob({ database, url, token })];
  logger.info('users are not synchronised: USER_DIRECTORY_URL is not set');
  return jobs;
}

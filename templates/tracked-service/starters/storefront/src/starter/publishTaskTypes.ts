import type { FastifyBaseLogger } from 'fastify';
import type { PeriodicTask } from '../tasks/PeriodicTask.js';

/** `src/starter/createPublishTasks.ts` exports it, according to the scaling policy of the service. */
export type CreatePublishTasks = (options: {
  logger: FastifyBaseLogger;
  countActiveUsers: () => Promise<number>;
}) => Promise<PeriodicTask[]>;

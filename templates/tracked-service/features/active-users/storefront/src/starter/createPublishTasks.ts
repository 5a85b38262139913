import { createActiveUsersTasks } from '../activeUsers/createActiveUsersTasks.js';
import type { CreatePublishTasks } from './publishTaskTypes.js';

/** Publishes the active users, by which the group scales. */
export const createPublishTasks: CreatePublishTasks = ({
  logger,
  countActiveUsers,
}) => createActiveUsersTasks({ logger, count: countActiveUsers });

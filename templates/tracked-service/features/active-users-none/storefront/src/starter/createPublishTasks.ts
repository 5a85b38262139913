import type { CreatePublishTasks } from './publishTaskTypes.js';

/** The group does not scale by active users: nothing to publish. */
export const createPublishTasks: CreatePublishTasks = async () => [];

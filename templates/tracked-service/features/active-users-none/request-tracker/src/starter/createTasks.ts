import { createRetentionTasks } from '../requests/createRetentionTasks.js';
import type { PeriodicTask } from '../tasks/PeriodicTask.js';
import type { StarterContext } from './types.js';

/** The periodic tasks that the configuration enables. */
export async function createTasks(
  context: StarterContext,
): Promise<PeriodicTask[]> {
  return createRetentionTasks(context);
}

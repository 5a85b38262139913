import type { TaskResult } from '../Portal';

/** Problems of a task with another status, with the end of its log. */
export function expectStatus(result: TaskResult, status: string): string[] {
  return result.status === status
    ? []
    : [`ended as ${result.status}: ${result.messages.slice(-1500)}`];
}

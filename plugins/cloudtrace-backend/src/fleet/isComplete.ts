import type { FleetReport } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * Whether everything that exists was read. What is not enabled at the source,
 * such as an API that a cluster does not have, could not be read anyway.
 */
export function isComplete({ problems }: FleetReport): boolean {
  return problems.every(({ code }) => code === 'not-enabled');
}

import {
  isInformation,
  type FleetReport,
} from '@cloudtrace/plugin-cloudtrace-common';

/**
 * Whether everything that exists was read. What a source does not have, such as
 * metrics of pods, could not be read anyway.
 */
export function isComplete({ problems }: FleetReport): boolean {
  return problems.every(isInformation);
}

import type {
  FleetGroup,
  FleetPart,
  FleetReport,
} from '@cloudtrace/plugin-cloudtrace-common';

/**
 * The report without the parts that were read before what is stored, e.g. by
 * another replica: older data must not replace newer.
 */
export function withoutOlderParts(
  report: FleetReport,
  isOlder: (part: FleetPart) => boolean,
): FleetReport {
  const unlessOlder = <T>(part: FleetPart, data: T): T | undefined =>
    isOlder(part) ? undefined : data;
  return {
    ...report,
    targets: unlessOlder('targets', report.targets),
    instances: unlessOlder('instances', report.instances),
    healthCheck: unlessOlder('health-check', report.healthCheck),
    alarms: unlessOlder('alarms', report.alarms),
    group: unlessOlder('capacity', ofGroup(report.group, isOlder)),
  };
}

function ofGroup(
  group: FleetGroup | undefined,
  isOlder: (part: FleetPart) => boolean,
): FleetGroup | undefined {
  if (!group) return undefined;
  const { min, max, ...sizes } = group.capacity;
  return {
    ...group,
    capacity: isOlder('limits') ? sizes : group.capacity,
    policies: isOlder('policies') ? undefined : group.policies,
    scheduledActions: isOlder('schedules') ? undefined : group.scheduledActions,
  };
}

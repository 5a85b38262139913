import type {
  FleetPart,
  FleetReport,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Where a report contains the data of each part. */
const dataOf: Record<FleetPart, (report: FleetReport) => unknown> = {
  targets: report => report.targets,
  'health-check': report => report.healthCheck,
  capacity: report => report.group,
  limits: ({ group }) => group?.capacity.min ?? group?.capacity.max,
  instances: report => report.instances,
  policies: report => report.group?.policies,
  schedules: report => report.group?.scheduledActions,
  activities: report => report.activities,
  alarms: report => report.alarms,
  'database-events': report => report.databaseEvents,
  metrics: report => report.metrics,
};

/** All parts of a resource. */
export const fleetParts = Object.keys(dataOf) as FleetPart[];

/**
 * Returns the parts in a report and when each was read. Cached data of the
 * provider counts from when it was read, not from the report. A part that is
 * incomplete was not read.
 */
export function readingsOf(report: FleetReport): Map<FleetPart, Date> {
  const observedAt = new Date(report.observedAt);
  const readings = new Map<FleetPart, Date>();
  for (const part of fleetParts) {
    if (report.incomplete?.includes(part)) continue;
    const readAt = report.readAt?.[part];
    if (readAt !== undefined) {
      const at = new Date(readAt);
      // Ignores invalid times and times after the report.
      if (at <= observedAt) readings.set(part, at);
    } else if (dataOf[part](report) !== undefined) {
      readings.set(part, observedAt);
    }
  }
  return readings;
}

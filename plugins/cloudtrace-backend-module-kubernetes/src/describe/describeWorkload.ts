import type {
  FleetPart,
  FleetReport,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadObjects } from '../objects/types';
import { describeActivities } from './activities/describeActivities';
import { describeRolloutEnds } from './activities/rolloutEnds';
import { toClusterTime } from './clock';
import { inOurTime } from './inOurTime';
import { describeMetrics } from './metrics/describeMetrics';
import { describeMissingMetrics } from './metrics/missingMetrics';
import { readTimesOf } from './partsOf';
import { readableObjects } from './readableObjects';
import { isShown, toInstance, toTarget } from './pod/describePods';
import { TrafficTable } from './pod/TrafficTable';
import { objectProblems } from './problems/objectProblems';
import { scalingProblems } from './problems/scalingProblems';
import { readOccurrences, type Occurrence } from './readOccurrences';
import { describeGroup } from './scaling/describeGroup';
import { describeHealthCheck } from './scaling/describeHealthCheck';
import { isUnmeasured } from '../objects/PodUsage';
import { arePodsKnown, watchedKindsOf, withKind } from './scaling/workloadKind';

/**
 * Describes a workload of Kubernetes as a fleet. Pure: the same objects give
 * the same report, whatever their order. Never throws for malformed objects:
 * what they do not say is unknown.
 *
 * @param context - `since` is the time up to which activities are stored
 */
export function describeWorkload(
  watched: WorkloadObjects,
  context: { resource: FleetResource; now: Date; since?: Date },
): FleetReport {
  const { resource, now, since } = context;
  const workload = withKind(watched.workload, resource);
  const objects = readableObjects({ ...watched, workload }, now);
  const occurrences = readOccurrences(objects);
  const group = describeGroup(objects);
  const problems = [
    ...scalingProblems(objects),
    ...objectProblems(objects, {
      occurrences,
      now,
      isSizeKnown: group !== undefined || !isOwnRead(objects),
    }),
  ];
  const report: FleetReport = {
    resource,
    observedAt: now.toISOString(),
    group,
    ...describeHistory(objects, { occurrences, now, since }),
    healthCheck: describeHealthCheck(objects.workload),
    incomplete: incompleteParts(objects),
    metrics: describeMetrics(objects, now),
    missingMetrics: describeMissingMetrics(objects, now),
    problems: problems.map(each => ({ ...each, resourceId: resource.id })),
  };
  return { ...report, readAt: timesOfParts(report, objects, now) };
}

/** What has times of the cluster. */
function describeHistory(
  objects: WorkloadObjects,
  context: { occurrences: readonly Occurrence[]; now: Date; since?: Date },
) {
  const { clockAheadMs } = objects;
  const { occurrences } = context;
  const now = toClusterTime(context.now, clockAheadMs);
  const since = context.since && toClusterTime(context.since, clockAheadMs);
  return inOurTime(
    {
      ...describePods(objects, occurrences, now),
      activities: describeActivities({ objects, occurrences, now }, since),
      activityEnds: describeRolloutEnds({ objects, occurrences }),
    },
    clockAheadMs,
  );
}

/** Whether the workload itself can be read now. */
function isOwnRead({ workload, freshAt }: WorkloadObjects): boolean {
  const kinds = watchedKindsOf(workload);
  return !kinds || freshAt[kinds.own] !== undefined;
}

/** What is missing there is unknown, not none. */
function incompleteParts({ freshAt, usage }: WorkloadObjects): FleetPart[] {
  // In a cluster without metrics-server, autoscalers have all metrics.
  const isUsageUnread =
    usage && usage.unread.length > 0 && !isUnmeasured(usage);
  return [
    ...(freshAt.events ? [] : (['activities'] as const)),
    ...(isUsageUnread ? (['metrics'] as const) : []),
  ];
}

function describePods(
  objects: WorkloadObjects,
  occurrences: readonly Occurrence[],
  now: Date,
): Pick<FleetReport, 'instances' | 'targets'> {
  if (!arePodsKnown(objects)) return {};
  const traffic = new TrafficTable(objects);
  const context = { objects, occurrences, traffic, now };
  const shown = objects.pods.filter(pod => isShown(pod, now));
  return {
    instances: shown.map(pod => toInstance(pod, context)),
    targets: shown.map(pod => toTarget(pod, context)),
  };
}

/** A time without data would mean "confirmed to be unchanged". */
function timesOfParts(
  report: FleetReport,
  objects: WorkloadObjects,
  now: Date,
): FleetReport['readAt'] {
  const times = readTimesOf(objects, now);
  const { group } = report;
  const isRead: Partial<Record<keyof typeof times, boolean>> = {
    targets: report.targets !== undefined,
    instances: report.instances !== undefined,
    capacity: group !== undefined,
    limits:
      group?.capacity.min !== undefined || group?.capacity.max !== undefined,
    policies: group?.policies !== undefined,
    schedules: group?.scheduledActions !== undefined,
    activities: !report.incomplete?.includes('activities'),
    metrics:
      report.metrics !== undefined && !report.incomplete?.includes('metrics'),
    'health-check': report.healthCheck !== undefined,
  };
  return Object.fromEntries(
    Object.entries(times).filter(
      ([part]) => isRead[part as keyof typeof times],
    ),
  );
}

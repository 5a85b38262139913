import type {
  Scaling,
  ScalingGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FoundInsight } from './types';

/** Finds what stands out about capacity. */
export function scalingInsights(
  scaling: Scaling,
  /** Whether load or latency rises, so that a group should have room to grow. */
  { grows }: { grows: boolean },
): FoundInsight[] {
  return [
    ...scaling.groups.flatMap(group => [
      ...limitInsights(group, grows),
      ...failedActivities(group),
    ]),
    ...scaling.alarms
      .filter(({ state }) => state === 'alarm')
      .map<FoundInsight>(({ name, since }) => ({
        kind: 'alarm',
        code: 'alarm',
        severity: 'warning',
        values: { alarm: name },
        at: since,
        subject: name,
        view: 'scaling-history',
      })),
  ];
}

function limitInsights(group: ScalingGroup, grows: boolean): FoundInsight[] {
  const { resource, capacity, limit } = group;
  const { desired, max } = capacity;
  if (max === undefined) return [];
  const insight = (
    code: FoundInsight['code'],
    severity: FoundInsight['severity'],
    values: FoundInsight['values'] = {},
  ): FoundInsight[] => [
    {
      kind: 'at-max',
      code,
      severity,
      values: { group: resource.name, max, ...values },
      subject: resource.id,
      figures: { desired, max },
      view: 'scaling-history',
    },
  ];
  if (limit === 'at-max') return insight('at-max', 'warning');
  // A fixed size is a choice; it matters only when the load rises.
  if (limit === 'fixed') return grows ? insight('fixed-size', 'warning') : [];
  const durationMs = timeAtMax(group);
  return durationMs > 0 ? insight('was-at-max', 'info', { durationMs }) : [];
}

/** How long within the range the group was at a maximum that it could reach by growing. */
function timeAtMax({ capacitySeries }: ScalingGroup): number {
  return capacitySeries.reduce((sum, point, i) => {
    const next = capacitySeries[i + 1];
    const { min, desired, max } = point;
    const isAtMax =
      min !== undefined && max !== undefined && max > min && desired >= max;
    return isAtMax && next
      ? sum + Date.parse(next.t) - Date.parse(point.t)
      : sum;
  }, 0);
}

function failedActivities({
  resource,
  activities,
}: ScalingGroup): FoundInsight[] {
  if (!activities || activities.failed === 0) return [];
  return [
    {
      kind: 'failed-scaling',
      code: 'failed-scaling',
      severity: 'warning',
      values: { count: activities.failed, group: resource.name },
      subject: resource.id,
      figures: { failed: activities.failed },
      view: 'scaling-history',
    },
  ];
}

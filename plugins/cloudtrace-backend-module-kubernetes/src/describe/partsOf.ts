import type { FleetPart } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedKind, WorkloadObjects } from '../objects/types';
import { podKindsOf, watchedKindsOf } from './scaling/workloadKind';
import { untilNow } from './clock';
import { usageTimeOf } from './metrics/usageSeries';

/** The kinds that each part is read from. */
function kindsOfPart(
  objects: WorkloadObjects,
): Partial<Record<FleetPart, WatchedKind[]>> {
  const kinds = watchedKindsOf(objects.workload);
  const own = kinds ? [kinds.own] : [];
  const revisions = kinds ? [kinds.revisions] : [];
  const pods = podKindsOf(objects.workload);
  const keda: WatchedKind[] = objects.scaledObject ? ['scaledobjects'] : [];
  return {
    // Nodes say the zone and whether the node works, events why a pod fails.
    targets: [...pods, 'services', 'endpointslices', 'nodes', 'events'],
    instances: [...pods, 'nodes'],
    // Pods say what is pending and ends, their nodes the zones.
    capacity: [...own, ...pods, 'nodes'],
    limits: [...own, 'horizontalpodautoscalers', ...keda],
    policies: ['horizontalpodautoscalers'],
    schedules: ['scaledobjects'],
    activities: ['events', ...own, ...revisions, 'pods'],
    metrics: ['horizontalpodautoscalers'],
    'health-check': own,
  };
}

/**
 * When each part was last confirmed: a part is as old as the oldest kind that it
 * is read from. A kind that cannot be read does not count, because what depends
 * on it is reported as unknown.
 */
export function readTimesOf(
  objects: WorkloadObjects,
  now: Date,
): Partial<Record<FleetPart, string>> {
  const times: Partial<Record<FleetPart, string>> = {};
  for (const [part, kinds] of Object.entries(kindsOfPart(objects))) {
    const read = kinds.flatMap(kind => objects.freshAt[kind] ?? []);
    if (read.length === 0) continue;
    const oldest = new Date(Math.min(...read.map(time => time.getTime())));
    times[part as FleetPart] = untilNow(oldest, now).toISOString();
  }
  const usageAt = usageTimeOf(objects, now)?.toISOString();
  if (usageAt && !(times.metrics && times.metrics < usageAt)) {
    times.metrics = usageAt;
  }
  return times;
}

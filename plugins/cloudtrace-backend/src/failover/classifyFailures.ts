import { targetMeaning } from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetFailure } from './findTargetFailures';
import {
  servingCounts,
  strengthRegained,
  type GroupHistory,
} from './groupHistories';
import type { DetectionInput } from './types';

/** Failures that belong together for the reader. */
export interface FailureCluster {
  kind: 'instance' | 'zone' | 'all-targets';
  /** Instance id, zone, or id of the target group. */
  key: string;
  label: string;
  zone?: string;
  resourceId: string;
  failures: TargetFailure[];
  /** Labels of the instances that failed in sequence, each the replacement of the previous one. */
  chain?: string[];
}

/**
 * Groups the failures of a target group: all targets down at once, all targets
 * of a zone down at once while other zones still serve, or single instances.
 */
export function classifyFailures(
  history: GroupHistory,
  failures: readonly TargetFailure[],
  input: Pick<DetectionInput, 'desired'>,
): FailureCluster[] {
  const rest = new Set(failures);
  const clusters: FailureCluster[] = [];
  const take = (cluster: FailureCluster) => {
    for (const failure of cluster.failures) rest.delete(failure);
    const to = endTogether(history, cluster.failures, input);
    clusters.push({
      ...cluster,
      failures: cluster.failures.map(failure => ({ ...failure, to })),
    });
  };

  for (const moment of outages(history)) {
    const own = [...rest].filter(failure => isOpenAt(failure, moment));
    if (own.length === 0) continue;
    take({
      kind: 'all-targets',
      key: history.resourceId,
      label: 'all targets',
      resourceId: history.resourceId,
      failures: own,
    });
  }

  for (const zone of zonesOf([...rest])) {
    for (const own of zoneOutages(history, zone, [...rest])) {
      take({
        kind: 'zone',
        key: zone,
        label: zone,
        zone,
        resourceId: history.resourceId,
        failures: own,
      });
    }
  }

  for (const failure of rest) {
    const key = failure.instanceId ?? failure.targetId;
    clusters.push({
      kind: 'instance',
      key,
      label: key,
      zone: failure.zone,
      resourceId: history.resourceId,
      failures: [failure],
    });
  }
  return clusters;
}

/**
 * When as many targets were healthy as before the first failure, or all failed
 * targets were healthy again.
 */
function endTogether(
  history: GroupHistory,
  failures: readonly TargetFailure[],
  input: Pick<DetectionInput, 'desired'>,
): number | undefined {
  if (failures.some(({ flaps }) => flaps > 0)) {
    const ends = failures.map(failure => failure.to ?? Infinity);
    return Number.isFinite(Math.max(...ends)) ? Math.max(...ends) : undefined;
  }
  const from = Math.min(...failures.map(failure => failure.from));
  const counts = servingCounts(history.events);
  const returned = failures.map(({ returnedAt }) => returnedAt ?? Infinity);
  const end = Math.min(
    strengthRegained(from, counts, input) ?? Infinity,
    Math.max(...returned),
  );
  return Number.isFinite(end) ? end : undefined;
}

/**
 * Moments at which the last serving target was lost. A group that is taken out
 * of use loses none.
 */
function outages({ events }: GroupHistory): number[] {
  const counts = servingCounts(events);
  return counts
    .filter(
      ({ serving, dropped }, i) =>
        serving === 0 && dropped && (counts[i - 1]?.serving ?? 0) > 0,
    )
    .map(({ at }) => at);
}

/** Groups of failures in which all healthy targets of a zone failed at once. */
function zoneOutages(
  history: GroupHistory,
  zone: string,
  failures: TargetFailure[],
): TargetFailure[][] {
  const own = failures.filter(failure => failure.zone === zone);
  const found: TargetFailure[][] = [];
  const taken = new Set<TargetFailure>();
  for (const { from: moment } of own) {
    const open = own.filter(f => isOpenAt(f, moment) && !taken.has(f));
    if (open.length === 0) continue;
    const begin = Math.min(...open.map(({ from }) => from));
    const before = servingBefore(history, begin);
    const inZone = [...before].filter(([, z]) => z === zone);
    const elsewhere = [...before].some(([, z]) => z !== zone);
    const ids = new Set(open.map(({ targetId }) => targetId));
    const whole = inZone.every(([targetId]) => ids.has(targetId));
    const told = open.every(({ reasonCode }) => /zone/i.test(reasonCode ?? ''));
    if (elsewhere && whole && (inZone.length >= 2 || told)) {
      found.push(open);
      for (const failure of open) taken.add(failure);
    }
  }
  return found;
}

/** Zones of the targets that served just before a moment. */
function servingBefore(
  { events }: GroupHistory,
  moment: number,
): Map<string, string | undefined> {
  const serving = new Map<string, string | undefined>();
  for (const event of events) {
    if (event.at.getTime() >= moment) break;
    const meaning = targetMeaning(event);
    if (meaning === 'serving') serving.set(event.targetId, event.zone);
    else if (meaning !== 'not-measured') serving.delete(event.targetId);
  }
  return serving;
}

function isOpenAt({ from, to }: TargetFailure, moment: number): boolean {
  return from <= moment && (to === undefined || to > moment);
}

function zonesOf(failures: TargetFailure[]): string[] {
  return [
    ...new Set(failures.flatMap(({ zone }) => (zone ? [zone] : []))),
  ].sort();
}

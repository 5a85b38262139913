import {
  countTargetStates,
  messageOf,
  type Health,
  type HealthGroup,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { unreadPart } from '../unreadPart';
import type { FoundInsight } from './types';

/** Finds what stands out about targets and their zones. */
export function healthInsights(health: Health): FoundInsight[] {
  return health.groups.flatMap(group =>
    unreadPart(group.resource, 'targets')
      ? unread(group)
      : [
          ...outage(group),
          ...zones(group),
          ...unhealthyTargets(group),
          ...notMeasured(group),
        ],
  );
}

function unread({ resource }: HealthGroup): FoundInsight[] {
  return [
    {
      kind: 'not-measured',
      code: 'targets-unread',
      severity: 'warning',
      values: { durationMs: unreadPart(resource, 'targets')!.ageMs },
      subject: resource.id,
      view: 'health-checks',
    },
  ];
}

function outage(group: HealthGroup): FoundInsight[] {
  const { status, total, wanted, resource } = group;
  // Unhealthy targets are listed one by one.
  if (status !== 'down' || total > 0) return [];
  return [
    {
      kind: 'unhealthy',
      code: 'no-healthy-target',
      severity: 'critical',
      values: { wanted },
      subject: resource.id,
      view: 'health-checks',
    },
  ];
}

function zones({ remarks, resource }: HealthGroup): FoundInsight[] {
  return remarks.map(({ code, severity, values }) => ({
    kind: 'zone',
    code: code as JudgementCode,
    severity,
    values: values as FoundInsight['values'],
    subject: resource.id,
    view: 'health-checks',
  }));
}

function unhealthyTargets(group: HealthGroup): FoundInsight[] {
  return group.targets
    .filter(({ present, state }) => present && state === 'unhealthy')
    .map(target => ({
      kind: 'unhealthy',
      code: 'target-unhealthy',
      severity: 'critical',
      values: {
        target: target.label,
        reason: (target.reason && messageOf(target.reason, 'summary')) ?? {
          code: 'no-reason',
          values: {},
        },
      },
      at: target.since,
      subject: target.targetId,
      figures: { healthy: group.healthy, total: group.total },
      view: 'health-checks',
    }));
}

function notMeasured({
  targets,
  total,
  resource,
}: HealthGroup): FoundInsight[] {
  const { notMeasured: count } = countTargetStates(
    targets.filter(({ present }) => present).map(({ state }) => state),
  );
  if (count === 0) return [];
  return [
    {
      kind: 'not-measured',
      code: 'health-not-measured',
      severity: 'warning',
      values: { count, total },
      subject: resource.id,
      view: 'health-checks',
    },
  ];
}

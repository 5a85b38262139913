import {
  byNeed,
  errorRateOf,
  ERROR_RATE_LIMITS,
  healthStatus,
  MIN_REQUESTS_FOR_ERROR_RATE,
  wantedTargets,
  type TargetCounts,
} from '../figures';
import type { CodedMessage } from './wordJudgement';

/** The state of one zone of a target group. @public */
export interface ZoneState {
  /** Empty if the targets name none. */
  zone: string;
  counts: TargetCounts;
  /** When its last target left after a failure; absent while it has targets. */
  lostAt?: string;
}

/** The state of a target group, or of a workload with its pods. @public */
export interface TargetGroupState {
  /** Named in the reasons if there are several groups. */
  name: string;
  counts: TargetCounts;
  /** Absent if unknown. */
  desired?: number;
  zones: ZoneState[];
  /**
   * Age in milliseconds of the last reading of its targets, if that is too old:
   * the counts say nothing about now.
   */
  unreadMs?: number;
}

/** What is currently known about a service; absent parts are unknown or hidden. @public */
export interface ServiceState {
  /** The last 15 minutes. */
  recent?: { requests: number; errors: number };
  /** Whether nothing is known of `recent` because its database server does not respond. */
  recentUnknown?: boolean;
  /** Each target group and each workload, judged by its own size. */
  targetGroups?: readonly TargetGroupState[];
  /** Groups that scale but are at their maximum. */
  groupsAtMax?: ReadonlyArray<{ group: string; max: number }>;
  /** Ongoing failovers. */
  failovers: ReadonlyArray<{ kind: string; label: string }>;
  openFindings?: { critical: number; high: number };
}

/** How urgently a service needs attention. @public */
export type ServiceSeverity = 'critical' | 'warning' | 'ok' | 'no-data';

/** A message with its importance. @public */
export interface SevereJudgement extends CodedMessage {
  severity: 'critical' | 'warning' | 'info';
}

/**
 * Judges the state of a service and gives the reasons. The fleet page, the tab
 * and the card all use this. Pure.
 *
 * @public
 */
export function judgeService(state: ServiceState): {
  severity: ServiceSeverity;
  /** Worst first. */
  reasons: SevereJudgement[];
} {
  const reasons = [
    ...state.failovers.map(judgeFailover),
    ...judgeGroups(state.targetGroups ?? []),
    ...judgeSize(state.targetGroups ?? []),
    ...judgeErrors(state.recent),
    ...(state.recentUnknown ? [REQUESTS_UNKNOWN] : []),
    ...(state.groupsAtMax ?? []).map<SevereJudgement>(values => ({
      code: 'at-max',
      severity: 'warning',
      values: { ...values },
    })),
    ...judgeFindings(state.openFindings),
  ].sort((a, b) => rank(a) - rank(b));
  const worst = reasons.at(0)?.severity;
  return {
    severity:
      worst === 'critical' || worst === 'warning'
        ? worst
        : (isKnown(state) && 'ok') || 'no-data',
    reasons,
  };
}

/** A service with no targets is neither healthy nor failed, whatever its scans found. */
function isKnown(state: ServiceState): boolean {
  const { targetGroups = [] } = state;
  if (state.recent) return true;
  return targetGroups.length > 0
    ? targetGroups.some(({ counts, desired }) => !isEmpty(counts, desired))
    : Boolean(state.groupsAtMax || state.openFindings);
}

/** One idle worker beside others is no news, but a service without any target is. */
function judgeSize(groups: readonly TargetGroupState[]): SevereJudgement[] {
  const isScaledToZero =
    groups.length > 0 &&
    groups.every(
      ({ counts, desired, unreadMs }) =>
        desired === 0 && unreadMs === undefined && isEmpty(counts, desired),
    );
  return isScaledToZero
    ? [{ code: 'no-targets-wanted', severity: 'info', values: {} }]
    : [];
}

function isEmpty(counts: TargetCounts, desired: number | undefined): boolean {
  return healthStatus(counts, desired) === 'empty';
}

function rank({ severity }: SevereJudgement): number {
  return ['critical', 'warning', 'info'].indexOf(severity);
}

function judgeFailover({
  kind,
  label,
}: ServiceState['failovers'][number]): SevereJudgement {
  return kind === 'all-targets'
    ? { code: 'all-targets-lost', severity: 'critical', values: {} }
    : {
        code: 'failover-ongoing',
        severity: 'critical',
        values: { subject: label },
      };
}

/** More groups than a reader wants to see reasons of; the view has all. */
const MAX_JUDGED_GROUPS = 5;

/** Of several groups, the reasons name each. */
function judgeGroups(groups: readonly TargetGroupState[]): SevereJudgement[] {
  if (groups.length === 1) return judgeTargets(groups[0]);
  return [...groups]
    .sort(byNeed)
    .map(group => ({ group: group.name, found: judgeTargets(group) }))
    .filter(({ found }) => found.length > 0)
    .slice(0, MAX_JUDGED_GROUPS)
    .flatMap(({ group, found }) =>
      found.map<SevereJudgement>(({ severity, ...what }) => ({
        code: 'of-group',
        severity,
        values: { group, what },
      })),
    );
}

function judgeTargets({
  counts,
  desired,
  zones,
  unreadMs,
}: TargetGroupState): SevereJudgement[] {
  if (unreadMs !== undefined) {
    return [
      {
        code: 'targets-unread',
        severity: 'warning',
        values: { durationMs: unreadMs },
      },
    ];
  }
  const { total, unhealthy, notMeasured } = counts;
  const found: SevereJudgement[] = [];
  if (healthStatus(counts, desired) === 'down') {
    const wanted = Math.max(wantedTargets(counts, desired), total);
    // Targets that are starting may mean a start, not an outage.
    const severity =
      unhealthy === 0 && counts.starting > 0 ? 'warning' : 'critical';
    found.push({ code: 'no-healthy-target', severity, values: { wanted } });
  } else if (unhealthy > 0) {
    found.push({
      code: 'targets-unhealthy',
      severity: 'warning',
      values: { count: unhealthy, total },
    });
  }
  found.push(...judgeZones(zones));
  if (notMeasured > 0) {
    found.push({
      code: 'health-not-measured',
      severity: 'warning',
      values: { count: notMeasured, total },
    });
  }
  return found;
}

/**
 * What zones add to the counts of their group: which are down, and whether
 * there is only one. @public
 */
export function judgeZones(zones: readonly ZoneState[]): SevereJudgement[] {
  const found: SevereJudgement[] = [];
  for (const { zone, counts, lostAt } of zones) {
    if (!zone) continue;
    if (counts.total === 0 && lostAt) {
      found.push({ code: 'zone-lost', severity: 'warning', values: { zone } });
    } else if (
      zones.length > 1 &&
      counts.unhealthy > 0 &&
      counts.unhealthy === counts.total
    ) {
      found.push({
        code: 'zone-down',
        severity: 'warning',
        values: { zone, count: counts.total },
      });
    }
  }
  const serving = zones.filter(
    ({ counts }) => counts.total > counts.outOfService,
  );
  const [only] = serving;
  const targets = only ? only.counts.total - only.counts.outOfService : 0;
  if (serving.length === 1 && only.zone && targets > 1) {
    found.push({
      code: 'single-zone',
      severity: 'info',
      values: { zone: only.zone, targets },
    });
  }
  return found;
}

const REQUESTS_UNKNOWN: SevereJudgement = {
  code: 'requests-unknown',
  severity: 'info',
  values: {},
};

function judgeErrors(recent: ServiceState['recent']): SevereJudgement[] {
  const errorRate = recent && errorRateOf(recent);
  if (
    errorRate === undefined ||
    recent!.requests < MIN_REQUESTS_FOR_ERROR_RATE ||
    errorRate < ERROR_RATE_LIMITS.warning
  ) {
    return [];
  }
  const severity =
    errorRate >= ERROR_RATE_LIMITS.critical ? 'critical' : 'warning';
  return [{ code: 'recent-errors', severity, values: { errorRate } }];
}

function judgeFindings(
  findings: ServiceState['openFindings'],
): SevereJudgement[] {
  const count = findings?.critical ?? 0;
  return count > 0
    ? [{ code: 'critical-findings', severity: 'warning', values: { count } }]
    : [];
}

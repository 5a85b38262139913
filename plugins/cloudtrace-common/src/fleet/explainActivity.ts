import type { JudgementCode } from '../judgement/messages';
import {
  isKnownMessage,
  wordJudgement,
  type CodedMessage,
} from '../judgement/wordJudgement';
import type { ScalingActivity } from './types';

/**
 * Unit of a metric that counts a service's active users, divided by its
 * instances in service. UCUM writes what is counted in braces.
 *
 * @public
 */
export const ACTIVE_USERS_PER_INSTANCE = '{user}/{instance}';

/** The facts about an activity's cause. @public */
export type ActivityCause = Pick<
  ScalingActivity,
  | 'kind'
  | 'causeKind'
  | 'cause'
  | 'description'
  | 'policyName'
  | 'alarmName'
  | 'metricValue'
  | 'threshold'
  | 'comparison'
  | 'unit'
  | 'fromCapacity'
  | 'toCapacity'
  | 'coded'
>;

/**
 * Explains in one line why a group scaled, e.g.
 * `Alarm cpu-high: 74 % > 70 % → +1 (2 → 3)`. Omits unknown facts;
 * without any, returns the provider's own words.
 *
 * @public
 */
export function explainActivity(activity: ActivityCause): string {
  const message = describeActivity(activity);
  return typeof message === 'string' ? message : wordJudgement(message);
}

/** Why a group scaled, as a message; the provider's own words if nothing else is known. @public */
export function describeActivity(
  activity: ActivityCause,
): string | CodedMessage {
  const change = describeChange(activity);
  const cause = describeCause(activity);
  if (cause) {
    return change
      ? { code: 'scaled-because', values: { cause, change } }
      : cause;
  }
  return (
    activity.cause ??
    activity.description ??
    change ?? { code: codeOfKind[activity.kind], values: {} }
  );
}

const codeOfKind: Record<ScalingActivity['kind'], JudgementCode> = {
  launch: 'launched',
  terminate: 'terminated',
  'capacity-change': 'capacity-changed',
  rollout: 'instances-refreshed',
  restart: 'instance-restarted',
  other: 'group-changed',
};

function describeCause(activity: ActivityCause): CodedMessage | undefined {
  const { causeKind, policyName, coded } = activity;
  // Another version may have stored a code that this one does not know.
  if (coded?.cause) {
    return isKnownMessage(coded.cause) ? coded.cause : undefined;
  }
  switch (causeKind) {
    case 'policy':
      return describePolicy(activity);
    case 'schedule':
      return policyName
        ? { code: 'scaled-by-schedule', values: { name: policyName } }
        : { code: 'scaled-by-some-schedule', values: {} };
    default: {
      const code = codes[causeKind]?.[activity.kind === 'launch' ? 0 : 1];
      return code && { code, values: {} };
    }
  }
}

function describePolicy(activity: ActivityCause): CodedMessage {
  return describeActiveUsers(activity) ?? describeNamedPolicy(activity);
}

/** A scaling signal that people understand needs no name of a policy or alarm. */
function describeActiveUsers(
  activity: ActivityCause,
): CodedMessage | undefined {
  const { metricValue, threshold, comparison = '>' } = activity;
  if (
    activity.unit !== ACTIVE_USERS_PER_INSTANCE ||
    metricValue === undefined ||
    threshold === undefined
  ) {
    return undefined;
  }
  const users = Number(metricValue.toFixed(1));
  return {
    code: codesOfActiveUsers[comparison],
    values: { count: users, users, threshold: Number(threshold.toFixed(1)) },
  };
}

const codesOfActiveUsers = {
  '>': 'scaled-by-users-above',
  '>=': 'scaled-by-users-at-least',
  '<': 'scaled-by-users-below',
  '<=': 'scaled-by-users-at-most',
} as const;

function describeNamedPolicy(activity: ActivityCause): CodedMessage {
  const { alarmName, policyName } = activity;
  const figures = describeFigures(activity);
  const subject =
    (alarmName && 'scaled-by-alarm') ||
    (policyName && 'scaled-by-policy') ||
    'scaled-by-some-policy';
  return {
    code: figures ? `${subject}-at` : subject,
    values: {
      ...((alarmName || policyName) && { name: (alarmName || policyName)! }),
      ...(figures && { figures }),
    },
  };
}

/** Causes that need no name and no value: for a launch, and for all other activities. */
const codes: Partial<
  Record<ScalingActivity['causeKind'], [JudgementCode, JudgementCode]>
> = {
  manual: ['scaled-manually', 'scaled-manually'],
  'health-replacement': ['launched-for-unhealthy', 'terminated-unhealthy'],
  interruption: ['launched-for-interrupted', 'terminated-interrupted'],
  maintenance: ['launched-for-maintenance', 'terminated-maintenance'],
  rebalance: ['scaled-to-rebalance', 'scaled-to-rebalance'],
  'instance-refresh': ['instances-refreshed', 'instances-refreshed'],
  lifetime: ['launched-for-lifetime', 'terminated-lifetime'],
};

function describeFigures(activity: ActivityCause): string | undefined {
  const { metricValue, threshold, comparison = '>' } = activity;
  const unit = isNamedUnit(activity.unit) ? ` ${activity.unit}` : '';
  if (metricValue !== undefined && threshold !== undefined) {
    return `${round(metricValue)}${unit} ${comparison} ${round(
      threshold,
    )}${unit}`;
  }
  return metricValue === undefined ? undefined : `${round(metricValue)}${unit}`;
}

/** A mere number has no unit; UCUM says in braces what was counted. */
function isNamedUnit(unit: string | undefined): boolean {
  return Boolean(unit) && unit !== '1' && !unit!.startsWith('{');
}

function describeChange(activity: ActivityCause): string | undefined {
  const { fromCapacity: from, toCapacity: to } = activity;
  if (from !== undefined && to !== undefined && from !== to) {
    const sign = to > from ? '+' : '−';
    return `${sign}${Math.abs(to - from)} (${from} → ${to})`;
  }
  if (activity.kind === 'launch') return '+1';
  if (activity.kind === 'terminate') return '−1';
  return undefined;
}

function round(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  return String(Number(value.toFixed(digits)));
}

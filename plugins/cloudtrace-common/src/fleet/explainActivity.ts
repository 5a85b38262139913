import type { ScalingActivity } from './types';

/** What is to be said of an activity's cause. @public */
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
>;

/**
 * Says in a line why a group scaled, e.g.
 * `Alarm cpu-high: 74 % > 70 % → +1 (2 → 3)`. What is not known is left
 * out; without any of it, the provider's own words stand.
 *
 * @public
 */
export function explainActivity(activity: ActivityCause): string {
  const change = describeChange(activity);
  const cause = describeCause(activity);
  if (cause) return [cause, change].filter(Boolean).join(' → ');
  const said = activity.cause ?? activity.description;
  if (said) return said;
  return change ?? kindWords[activity.kind];
}

const kindWords: Record<ScalingActivity['kind'], string> = {
  launch: 'An instance was started',
  terminate: 'An instance was ended',
  'capacity-change': 'The capacity was changed',
  other: 'The group changed',
};

function describeCause(activity: ActivityCause): string | undefined {
  const { causeKind, alarmName, policyName } = activity;
  const figures = describeFigures(activity);
  switch (causeKind) {
    case 'policy': {
      const subject =
        (alarmName && `Alarm ${alarmName}`) ||
        (policyName && `Policy ${policyName}`) ||
        'Scaling policy';
      return figures ? `${subject}: ${figures}` : subject;
    }
    case 'schedule':
      return policyName ? `Schedule ${policyName}` : 'Schedule';
    default:
      return wordsOf(causeKind, activity.kind);
  }
}

/** Words for causes that need no name and no figure: for a launch, and for the rest. */
const words: Partial<Record<ScalingActivity['causeKind'], [string, string]>> = {
  manual: ['Changed by hand', 'Changed by hand'],
  'health-replacement': [
    'Replacement for an unhealthy instance',
    'Unhealthy instance taken out',
  ],
  interruption: [
    'Replacement for an instance that the provider takes back',
    'The provider takes the instance back',
  ],
  maintenance: [
    'Replacement for an instance that the provider maintains',
    'Taken out for maintenance by the provider',
  ],
  rebalance: [
    'Spread evenly over the zones again',
    'Spread evenly over the zones again',
  ],
  'instance-refresh': [
    'Instances exchanged for new ones',
    'Instances exchanged for new ones',
  ],
  lifetime: [
    'Replacement for an instance that reached its maximum age',
    'The instance reached its maximum age',
  ],
};

function wordsOf(
  cause: ScalingActivity['causeKind'],
  kind: ScalingActivity['kind'],
): string | undefined {
  return words[cause]?.[kind === 'launch' ? 0 : 1];
}

function describeFigures(activity: ActivityCause): string | undefined {
  const { metricValue, threshold, comparison = '>' } = activity;
  const unit =
    activity.unit && activity.unit !== '1' ? ` ${activity.unit}` : '';
  if (metricValue !== undefined && threshold !== undefined) {
    return `${round(metricValue)}${unit} ${comparison} ${round(
      threshold,
    )}${unit}`;
  }
  return metricValue === undefined ? undefined : `${round(metricValue)}${unit}`;
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

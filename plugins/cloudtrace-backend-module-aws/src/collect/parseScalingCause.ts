import type { ScalingCauseKind } from '@cloudtrace/plugin-cloudtrace-common';

/** What a cause text of Auto Scaling says. */
export interface ScalingCause {
  causeKind: ScalingCauseKind;
  policyName?: string;
  alarmName?: string;
  fromCapacity?: number;
  toCapacity?: number;
}

/** AWS's own limit is half of it; the patterns below must not run on endless texts. */
const MAX_LENGTH = 2048;

const DESIRED =
  /(?:changing the desired capacity|[Ss]etting desired capacity|the desired capacity) from (\d+) to (\d+)/g;
const ACTUAL =
  /(?:increasing|shrinking|decreasing) the capacity from (\d+) to (\d+)/g;
const ALARM =
  /(?:a monitor |a CloudWatch |monitor )?alarm (.+?) in state (?:ALARM|OK|INSUFFICIENT_DATA) triggered policy (.+?)(?: changing the desired capacity|[.,;]?\s*(?:At \d{4}-|$))/;
const ALARM_WITHOUT_NAME =
  /alarm triggered policy (.+?) changing the desired capacity/;
const EXECUTED_POLICY =
  /a user request executed policy (.+?) changing the desired capacity/;

/*
 * First match wins. A reason why capacity changed at all stands before the
 * instance-level sentences, because those follow from it in the same text.
 */
const KINDS: Array<[RegExp, ScalingCauseKind]> = [
  [/alarm .*triggered policy|executed policy|predictive scaling/i, 'policy'],
  [/scheduled action/i, 'schedule'],
  [/instance refresh/i, 'instance-refresh'],
  [
    /health[ -]?check|unhealthy|failed? .*status check|indicating it has been terminated|spot (?:instance )?interruption/i,
    'health-replacement',
  ],
  [
    /rebalanc|balance instances in zones|balancing the group's zones|availability zone .*imbalance/i,
    'rebalance',
  ],
  [/maximum instance lifetime|max instance lifetime/i, 'instance-refresh'],
  [
    /user request|(?:minimum|maximum) capacity was set|updated constraints/i,
    'manual',
  ],
];

/**
 * Reads the cause text of a scaling activity of EC2 or Application Auto Scaling.
 * A text of an unknown form gives `unknown` and nothing else.
 */
export function parseScalingCause(cause: string | undefined): ScalingCause {
  if (!cause) return { causeKind: 'unknown' };
  const text = cause.slice(0, MAX_LENGTH);
  const result: ScalingCause = {
    causeKind: KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown',
  };
  const alarm = ALARM.exec(text);
  if (alarm) {
    result.alarmName = alarm[1];
    result.policyName = alarm[2];
  } else {
    const policy = ALARM_WITHOUT_NAME.exec(text) ?? EXECUTED_POLICY.exec(text);
    if (policy) result.policyName = policy[1];
  }
  const changes = [...text.matchAll(DESIRED)];
  const capacity = changes.length > 0 ? changes : [...text.matchAll(ACTUAL)];
  if (capacity.length > 0) {
    result.fromCapacity = Number(capacity[0][1]);
    result.toCapacity = Number(capacity[capacity.length - 1][2]);
  }
  return result;
}

import {
  messageOf,
  type FailoverStep,
  type MessageValue,
  type ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import { outageBefore } from './databaseOutage';
import type { TargetFailure } from './findTargetFailures';
import type { DatabaseOccurrence, DetectionInput } from './types';

/** Evidence of an episode from before its detection. */
export interface Evidence {
  at: number;
  source: NonNullable<FailoverStep['source']>;
  title: MessageValue;
}

/** Returns the earliest evidence from before the detection, if there is any. */
export function earliestOf(
  detectedAt: number,
  evidence: ReadonlyArray<Evidence | undefined>,
): Evidence | undefined {
  return evidence
    .flatMap(item => (item && item.at < detectedAt ? [item] : []))
    .sort((a, b) => a.at - b.at)[0];
}

/** The first minute in which requests failed or dropped. */
export function requestEvidence(
  beganAt: number | undefined,
): Evidence | undefined {
  return beganAt === undefined
    ? undefined
    : {
        at: beganAt,
        source: 'requests',
        title: { code: 'began-requests-fail', values: {} },
      };
}

/**
 * When the first failed check happened: the target group requires a number of
 * failed checks in a row, one interval apart, and all of them came after the
 * target was last reported healthy.
 */
export function checkEvidence(
  { resourceId, from, healthySince }: TargetFailure,
  { healthChecks }: Pick<DetectionInput, 'healthChecks'>,
): Evidence | undefined {
  const check = healthChecks?.get(resourceId);
  if (!check || healthySince === undefined) return undefined;
  const { intervalMs, unhealthyThreshold } = check;
  const at = from - (unhealthyThreshold - 1) * intervalMs;
  return {
    at: Math.max(at, healthySince),
    source: 'health',
    title: {
      code: 'began-first-check',
      values: { checks: unhealthyThreshold },
    },
  };
}

/** When the group noticed a failed instance before its load balancer did. */
export function groupEvidence(activity: ScalingActivity): Evidence {
  return {
    at: Date.parse(activity.startedAt),
    source: 'scaling',
    title: { code: 'began-group-reacts', values: {} },
  };
}

/** When the database outage that led to the failover began. */
export function databaseEvidence(
  events: readonly DatabaseOccurrence[],
  previousEnd: number,
  detectedAt: number,
): Evidence | undefined {
  const first = outageBefore(events, detectedAt, previousEnd);
  return (
    first && {
      at: first.at.getTime(),
      source: 'database',
      title: messageOf(first, 'message')!,
    }
  );
}

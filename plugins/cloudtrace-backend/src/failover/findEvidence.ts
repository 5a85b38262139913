import type {
  FailoverStep,
  MessageValue,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import { outageBefore } from './databaseOutage';
import type { TargetFailure } from './findTargetFailures';
import type { DatabaseOccurrence, DetectionInput } from './types';

/** Something that told of an episode before it was detected. */
export interface Evidence {
  at: number;
  source: NonNullable<FailoverStep['source']>;
  title: MessageValue;
}

/** The first of what told of an episode before its detection; absent if nothing did. */
export function earliestOf(
  detectedAt: number,
  evidence: ReadonlyArray<Evidence | undefined>,
): Evidence | undefined {
  return evidence
    .flatMap(item => (item && item.at < detectedAt ? [item] : []))
    .sort((a, b) => a.at - b.at)[0];
}

/** The first minute in which requests failed or stayed away. */
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
 * When the first of the checks failed that made a target unhealthy: as many in
 * a row as its target group asks for, an interval apart, and all of them after
 * it was last seen to become healthy.
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

/** When the outage of a database began in which it failed over. */
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
      title: first.message,
    }
  );
}

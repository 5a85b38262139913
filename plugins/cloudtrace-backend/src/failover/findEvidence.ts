import type { FailoverStep } from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetFailure } from './findTargetFailures';
import type { DatabaseOccurrence, DetectionInput } from './types';

/** Something that told of an episode before it was detected. */
export interface Evidence {
  at: number;
  source: NonNullable<FailoverStep['source']>;
  title: string;
}

/** How long before its detection an event of a database can belong to its failover. */
const maxLeadMs = 5 * 60_000;

/** Kinds of database events that come with the beginning of a failover. */
const early: ReadonlySet<string> = new Set(['restart', 'availability']);

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
        title: 'Requests began to fail or to stay away',
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
    title: `The first of ${unhealthyThreshold} health checks in a row failed`,
  };
}

/** The first event shortly before a failover, and after the one before it, in which the same database went away. */
export function databaseEvidence(
  resourceId: string,
  previousEnd: number,
  detectedAt: number,
  { databaseEvents }: Pick<DetectionInput, 'databaseEvents'>,
): Evidence | undefined {
  const [first] = databaseEvents
    .filter(
      event =>
        event.resourceId === resourceId &&
        early.has(event.kind) &&
        +event.at > previousEnd &&
        +event.at < detectedAt &&
        +event.at >= detectedAt - maxLeadMs,
    )
    .sort(
      (a: DatabaseOccurrence, b: DatabaseOccurrence) =>
        +a.at - +b.at || (a.eventId < b.eventId ? -1 : 1),
    );
  return first && { at: +first.at, source: 'database', title: first.message };
}

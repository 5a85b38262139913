import {
  ERROR_RATE_LIMITS,
  type LoadDistribution,
  type TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FoundInsight } from './types';

/** A cause may have happened this long before a jump. */
const CAUSE_MS = 10 * 60_000;

/** Finds the steps from which on latency or errors were much higher than before. */
export function jumpInsights(
  load: LoadDistribution,
  events: readonly TimelineEvent[],
): FoundInsight[] {
  const points = load.series.filter(({ requests }) => requests >= 10);
  const latency = findJump(
    points.map(({ t, p95Ms }) => ({ t, value: p95Ms ?? 0 })),
    { ratio: 1.8, least: 20 },
  );
  const errors = findJump(
    points.map(point => ({
      t: point.t,
      value: point.errors / point.requests,
    })),
    { ratio: 3, least: 0.02 },
  );
  const insights: FoundInsight[] = [];
  if (latency) {
    const { before, after } = latency;
    const factor = after / Math.max(before, 0.001);
    insights.push({
      kind: 'latency-jump',
      code: 'latency-jump',
      severity: factor >= 3 ? 'critical' : 'warning',
      values: { factor, beforeMs: before, afterMs: after },
      at: latency.t,
      figures: { before, after },
      view: 'load-distribution',
      ...causeOf(latency.t, events, load.stepMs),
    });
  }
  if (errors) {
    const { before, after } = errors;
    insights.push({
      kind: 'error-jump',
      code: 'error-jump',
      severity: after >= ERROR_RATE_LIMITS.critical ? 'critical' : 'warning',
      values: { beforeRate: before, afterRate: after },
      at: errors.t,
      figures: { before, after },
      view: 'requests',
      ...causeOf(errors.t, events, load.stepMs),
    });
  }
  return insights;
}

/** The last step from which on the median stays far above the previous median. */
function findJump(
  points: ReadonlyArray<{ t: string; value: number }>,
  limits: { ratio: number; least: number },
): { t: string; before: number; after: number } | undefined {
  let best: { t: string; before: number; after: number } | undefined;
  for (let i = 3; i <= points.length - 2; i += 1) {
    const before = median(points.slice(Math.max(0, i - 30), i));
    const after = median(points.slice(i, i + 10));
    const rises =
      after - before >= limits.least && after >= limits.ratio * before;
    // The step itself must already be high; otherwise the jump would be
    // reported too early.
    if (!rises || points[i].value - before < (after - before) / 2) continue;
    if (!best || after - before > best.after - best.before) {
      best = { t: points[i].t, before, after };
    }
  }
  const now = median(points.slice(-3));
  return best && now >= best.before + (best.after - best.before) / 2
    ? best
    : undefined;
}

function median(points: ReadonlyArray<{ value: number }>): number {
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Kinds of events that can cause a jump or are insights themselves. */
export const insightKinds: ReadonlyArray<TimelineEvent['kind']> = [
  'deploy',
  'failover',
  'drift',
  'database',
  'load-test',
];

/** The newest event shortly before a moment that may be its cause. */
function causeOf(
  t: string,
  events: readonly TimelineEvent[],
  stepMs: number,
): { causeEventId?: string } {
  const until = Date.parse(t) + stepMs;
  const cause = events.find(event => {
    const at = Date.parse(event.endedAt ?? event.at);
    const began = Date.parse(event.at);
    return (
      insightKinds.includes(event.kind) &&
      began <= until &&
      Math.max(at, began) >= Date.parse(t) - CAUSE_MS
    );
  });
  return { causeEventId: cause?.id };
}

import {
  ERROR_RATE_LIMITS,
  type LoadDistribution,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FoundInsight } from './types';

/** Minimum number of requests in a period for a comparison. */
const MIN_REQUESTS = 100;
const TRAFFIC_RATIO = 1.5;
const LATENCY_RATIO = 1.8;
const LATENCY_LEAST_MS = 20;
const ERROR_RATIO = 3;
const ERROR_LEAST = 0.02;

/**
 * Finds changes against the baseline. A change within the range is already
 * reported as a jump, with its time.
 */
export function changeInsights(
  load: LoadDistribution,
  jumps: readonly FoundInsight[],
): FoundInsight[] {
  const { totals, previous } = load;
  const before = previous?.totals;
  if (!before) return [];
  const found: FoundInsight[] = trafficChange(
    before.requestsPerSecond,
    totals.requestsPerSecond,
    Math.max(before.requests, totals.requests),
  );
  if (Math.min(before.requests, totals.requests) < MIN_REQUESTS) return found;
  const has = (code: string) => jumps.some(jump => jump.code === code);
  const [beforeMs, afterMs] = [before.latencyMs.p95, totals.latencyMs.p95];
  if (
    !has('latency-jump') &&
    beforeMs !== undefined &&
    afterMs !== undefined &&
    afterMs >= LATENCY_RATIO * beforeMs &&
    afterMs - beforeMs >= LATENCY_LEAST_MS
  ) {
    const factor = afterMs / Math.max(beforeMs, 0.001);
    found.push({
      kind: 'latency',
      code: 'latency-up',
      severity: factor >= 3 ? 'critical' : 'warning',
      values: { factor, beforeMs, afterMs },
      figures: { before: beforeMs, after: afterMs },
      view: 'load-distribution',
    });
  }
  const [beforeRate, afterRate] = [
    before.errorRate ?? 0,
    totals.errorRate ?? 0,
  ];
  if (
    !has('error-jump') &&
    afterRate - beforeRate >= ERROR_LEAST &&
    afterRate >= ERROR_RATIO * beforeRate
  ) {
    found.push({
      kind: 'errors',
      code: 'errors-up',
      severity:
        afterRate >= ERROR_RATE_LIMITS.critical ? 'critical' : 'warning',
      values: { beforeRate, afterRate },
      figures: { before: beforeRate, after: afterRate },
      view: 'requests',
    });
  }
  return found;
}

function trafficChange(
  before: number,
  after: number,
  requests: number,
): FoundInsight[] {
  if (requests < MIN_REQUESTS || before <= 0) return [];
  const ratio = after / before;
  const isUp = ratio >= TRAFFIC_RATIO;
  if (!isUp && ratio > 1 / TRAFFIC_RATIO) return [];
  return [
    {
      kind: 'traffic',
      code: isUp ? 'traffic-up' : 'traffic-down',
      severity: 'info',
      values: { change: Math.abs(ratio - 1), before, after },
      figures: { before, after },
      view: 'load-distribution',
    },
  ];
}

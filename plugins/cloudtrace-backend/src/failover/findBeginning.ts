import type { Baseline } from './findBaseline';
import type { StepSums } from './requestSteps';

/**
 * Finds when, shortly before the detection, the part began to fail or to get
 * far less than its share, with no good step since. Requests that it still
 * handled in that first step count as handled before the failure, because a
 * step can be much longer than the time to detect.
 */
export function findBeginning(
  steps: ReadonlyMap<number, StepSums>,
  context: {
    detectedAt: number;
    stepMs: number;
    until: number;
    usual: Baseline;
    maxDetectionMs: number;
  },
): number | undefined {
  const { detectedAt, stepMs, until, usual, maxDetectionMs } = context;
  let began: number | undefined;
  let next: number | undefined;
  for (const [t, { all, part }] of [...steps].reverse()) {
    if (t >= detectedAt) continue;
    if (t < detectedAt - maxDetectionMs || t + stepMs <= usual.since) break;
    if (next !== undefined && t < next - stepMs) break;
    const failing =
      part.errors >= 3 &&
      part.errors / part.requests > Math.max(0.05, 3 * usual.errorRate);
    const expected = usual.share * all.requests;
    const missing = expected >= 5 && part.requests < expected * 0.3;
    if (!failing && !missing) break;
    const countedMs = Math.min(t + stepMs, until) - t;
    began = failing
      ? t
      : t + Math.round((part.requests / expected) * countedMs);
    next = t;
  }
  // The part did not exist before that.
  return began === undefined
    ? undefined
    : Math.min(Math.max(began, usual.since), detectedAt);
}

import type { MissingData } from '@cloudtrace/plugin-cloudtrace-common';
import { findBaseline, type Baseline } from './findBaseline';
import { findBeginning } from './findBeginning';
import type { Membership } from './memberships';
import { requestSteps, sumSteps, type StepSums } from './requestSteps';
import type { DetectionInput, Episode, RequestSample } from './types';

const BEFORE_MS = 15 * 60_000;
const MIN_REQUESTS_BEFORE = 20;
/** A failure may have begun this long before its detection. */
const MAX_DETECTION_MS = 5 * 60_000;

/** What the requests show about an episode. */
export interface Measurement {
  /**
   * When the requests of the failed part first went wrong; absent if the
   * requests do not show it.
   */
  beganAt?: number;
  shiftedAt?: number;
  /** Beginning of the last step in which the part still served at least half of its share. */
  lastGoodAt?: number;
  impact: Episode['impact'];
  missingData: MissingData[];
}

/** What was lost, and when. */
export interface Loss {
  kind: string;
  /** Zone or instance id; empty if everything is affected. */
  keys: ReadonlySet<string>;
  /** The instances that failed. */
  instances: ReadonlySet<string>;
  /** The first failed check, or the detection if none is known. */
  checkedAt: number;
  detectedAt: number;
  recoveredAt?: number;
}

/** Measures the cost of an episode from the requests around it. */
export function measureImpact(
  requests: DetectionInput['requests'],
  loss: Loss,
  context: { memberships: readonly Membership[]; until: number },
): Measurement {
  const nothing = (reason: MissingData): Measurement => ({
    impact: {},
    missingData: [reason],
  });
  if (!requests || requests.samples.length === 0) return nothing('no-requests');
  const { stepMs, samples } = requests;
  const { until } = context;
  const steps = requestSteps(samples, stepMs, partOf(loss));
  const isPart = memberOf(loss, samples);

  const find = (end: number) =>
    isPartial(loss.kind)
      ? findBaseline({
          ...context,
          steps,
          stepMs,
          isPart,
          detectedAt: loss.detectedAt,
          until: end,
        })
      : undefined;
  const rough = find(loss.checkedAt) ?? usual(steps, stepMs, loss);
  if (!rough) return nothing('no-requests');
  const { detectedAt } = loss;
  const beganAt = findBeginning(steps, {
    detectedAt,
    stepMs,
    until,
    usual: rough,
    maxDetectionMs: MAX_DETECTION_MS,
  });
  // Steps in which it already went wrong do not belong to the baseline.
  const before =
    (beganAt !== undefined && beganAt < loss.checkedAt && find(beganAt)) ||
    rough;
  const { share, errorRate } = before;

  const start = Math.floor(detectedAt / stepMs) * stepMs;
  const end = loss.recoveredAt ?? until;
  const first = Math.min(
    Math.floor((beganAt ?? start) / stepMs) * stepMs,
    start,
  );
  const during = sumSteps(steps, first, end).all;
  const failed = during.errors - errorRate * during.requests;
  const from = Math.min(beganAt ?? detectedAt, loss.checkedAt);
  return {
    beganAt,
    shiftedAt: isPartial(loss.kind)
      ? findShift(steps, first, end, share)
      : undefined,
    lastGoodAt: [...steps]
      .filter(
        ([t, { all, part }]) =>
          t + stepMs <= end && part.requests >= 0.5 * share * all.requests,
      )
      .at(-1)?.[0],
    impact: {
      requestsFailed: Math.max(0, Math.round(failed)),
      requestsShifted: isPartial(loss.kind)
        ? Math.round(countShifted(steps, { from, end, stepMs, share }))
        : undefined,
      errorRateBefore: errorRate,
      errorRateDuring:
        during.requests > 0 ? during.errors / during.requests : undefined,
      shareBefore: isPartial(loss.kind) ? share : undefined,
    },
    missingData:
      before.requests < MIN_REQUESTS_BEFORE || before.assumed
        ? ['requests-too-sparse']
        : [],
  };
}

/** Whether other instances could take over the load. */
function isPartial(kind: string): boolean {
  return kind === 'instance' || kind === 'zone';
}

function partOf({ kind, keys }: Loss): (sample: RequestSample) => boolean {
  if (kind === 'zone') {
    return ({ zone }) => zone !== undefined && keys.has(zone);
  }
  if (kind === 'instance') return ({ instanceId }) => keys.has(instanceId);
  return () => true;
}

/**
 * The same for an instance id: everything in the failed zone, including
 * instances without requests.
 */
function memberOf(
  loss: Loss,
  samples: readonly RequestSample[],
): (instance: string) => boolean {
  const isPart = partOf(loss);
  const parts = new Set(samples.filter(isPart).map(s => s.instanceId));
  return instance => parts.has(instance) || loss.instances.has(instance);
}

/**
 * For losses that are not instances: the requests before the loss can have
 * begun, if there were any.
 */
function usual(
  steps: ReadonlyMap<number, StepSums>,
  stepMs: number,
  { detectedAt }: Loss,
): Baseline | undefined {
  const start = Math.floor(detectedAt / stepMs) * stepMs;
  const safe = start - MAX_DETECTION_MS;
  const early = sumSteps(steps, safe - BEFORE_MS, safe);
  const { all, part } =
    early.all.requests > 0 ? early : sumSteps(steps, start - BEFORE_MS, start);
  if (all.requests === 0) return undefined;
  return {
    share: part.requests / all.requests,
    errorRate: all.errors / all.requests,
    requests: all.requests,
    since: -Infinity,
    assumed: false,
  };
}

/**
 * Counts the requests that would have gone to the failed part. A step that the
 * episode covers only in part counts in proportion. Requests that the failed
 * part handled in such a step count as handled before the episode, as far as
 * its share explains them.
 */
function countShifted(
  steps: ReadonlyMap<number, StepSums>,
  context: { from: number; end: number; stepMs: number; share: number },
): number {
  const { from, end, stepMs, share } = context;
  let shifted = 0;
  for (const [t, { all, part }] of steps) {
    const duringMs = Math.min(t + stepMs, end) - Math.max(t, from);
    if (duringMs <= 0) continue;
    const expected = share * all.requests;
    const before = expected * (Math.max(0, from - t) / stepMs);
    const handled = Math.max(0, part.requests - before);
    shifted += Math.max(0, expected * (duringMs / stepMs) - handled);
  }
  return shifted;
}

/** Finds the first step in which others carried the load of the failed part. */
function findShift(
  steps: ReadonlyMap<number, StepSums>,
  from: number,
  to: number,
  share: number,
): number | undefined {
  for (const [t, { all, part }] of steps) {
    if (t < from || t >= to || all.requests === 0) continue;
    if (part.requests / all.requests <= 0.05 * share) return t;
  }
  return undefined;
}

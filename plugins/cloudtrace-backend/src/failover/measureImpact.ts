import type { MissingData } from '@cloudtrace/plugin-cloudtrace-common';
import type { DetectionInput, Episode, RequestSample } from './types';

const beforeMs = 15 * 60_000;
const minRequestsBefore = 20;
/** How long before its detection a failure may have begun. */
const maxDetectionMs = 5 * 60_000;

/** What requests tell of an episode. */
export interface Measurement {
  /** When the requests of the failed part first went wrong; absent if they did not show it. */
  beganAt?: number;
  shiftedAt?: number;
  impact: Episode['impact'];
  missingData: MissingData[];
}

/** Counts in the requests around an episode what it cost. */
export function measureImpact(
  requests: DetectionInput['requests'],
  episode: {
    kind: string;
    keys: ReadonlySet<string>;
    detectedAt: number;
    recoveredAt?: number;
  },
  until: number,
): Measurement {
  const nothing = (reason: MissingData): Measurement => ({
    impact: {},
    missingData: [reason],
  });
  if (!requests || requests.samples.length === 0) return nothing('no-requests');
  const { stepMs } = requests;
  const isPart = partOf(episode);
  const start = Math.floor(episode.detectedAt / stepMs) * stepMs;
  const end = episode.recoveredAt ?? until;

  // What is usual is taken from before it can have begun, if there was anything.
  const usualUntil = start - maxDetectionMs;
  const usual = sum(
    requests.samples,
    usualUntil - beforeMs,
    usualUntil,
    isPart,
  );
  const before =
    usual.all.requests > 0
      ? usual
      : sum(requests.samples, start - beforeMs, start, isPart);
  if (before.all.requests === 0) return nothing('no-requests');
  const sparse = before.all.requests < minRequestsBefore;
  const rateBefore = before.all.errors / before.all.requests;
  const shareBefore = before.part.requests / before.all.requests;

  const steps = stepsOf(requests.samples, stepMs, isPart);
  const beganAt = findBeginning(steps, {
    ...episode,
    stepMs,
    until,
    shareBefore,
    rateBefore,
  });
  const first = Math.min(
    Math.floor((beganAt ?? start) / stepMs) * stepMs,
    start,
  );
  const during = sum(requests.samples, first, end, isPart);
  const failed = during.all.errors - rateBefore * during.all.requests;
  const from = Math.min(beganAt ?? episode.detectedAt, episode.detectedAt);
  const shifted = countShifted(steps, { from, end, stepMs, shareBefore });
  return {
    beganAt,
    shiftedAt: isPartial(episode.kind)
      ? findShift(steps, first, end, shareBefore)
      : undefined,
    impact: {
      requestsFailed: Math.max(0, Math.round(failed)),
      requestsShifted: isPartial(episode.kind)
        ? Math.round(shifted)
        : undefined,
      errorRateBefore: rateBefore,
      errorRateDuring:
        during.all.requests > 0
          ? during.all.errors / during.all.requests
          : undefined,
      shareBefore: isPartial(episode.kind) ? shareBefore : undefined,
    },
    missingData: sparse ? ['requests-too-sparse'] : [],
  };
}

/** Whether others could take the load over. */
function isPartial(kind: string): boolean {
  return kind === 'instance' || kind === 'zone';
}

function partOf({
  kind,
  keys,
}: {
  kind: string;
  keys: ReadonlySet<string>;
}): (sample: RequestSample) => boolean {
  if (kind === 'zone')
    return ({ zone }) => zone !== undefined && keys.has(zone);
  if (kind === 'instance') return ({ instanceId }) => keys.has(instanceId);
  return () => true;
}

interface Sums {
  all: { requests: number; errors: number };
  part: { requests: number; errors: number };
}

function emptySums(): Sums {
  return {
    all: { requests: 0, errors: 0 },
    part: { requests: 0, errors: 0 },
  };
}

function addTo(sums: Sums, sample: RequestSample, inPart: boolean) {
  for (const target of inPart ? [sums.all, sums.part] : [sums.all]) {
    target.requests += sample.requests;
    target.errors += sample.errors;
  }
}

function sum(
  samples: readonly RequestSample[],
  from: number,
  to: number,
  isPart: (sample: RequestSample) => boolean,
): Sums {
  const sums = emptySums();
  for (const sample of samples) {
    if (+sample.t >= from && +sample.t < to) {
      addTo(sums, sample, isPart(sample));
    }
  }
  return sums;
}

/** Sums of each step that had requests, ascending. */
function stepsOf(
  samples: readonly RequestSample[],
  stepMs: number,
  isPart: (sample: RequestSample) => boolean,
): Map<number, Sums> {
  const steps = new Map<number, Sums>();
  for (const sample of samples) {
    const t = Math.floor(+sample.t / stepMs) * stepMs;
    const sums = steps.get(t) ?? emptySums();
    addTo(sums, sample, isPart(sample));
    steps.set(t, sums);
  }
  return new Map([...steps].sort(([a], [b]) => a - b));
}

/**
 * When, shortly before the detection, the part began to fail or to get far less
 * than its share. What it still handled in the step in which its requests
 * stayed away is taken to lie before: a step can be much longer than the
 * time to detect.
 */
function findBeginning(
  steps: Map<number, Sums>,
  context: {
    detectedAt: number;
    stepMs: number;
    until: number;
    shareBefore: number;
    rateBefore: number;
  },
): number | undefined {
  const { detectedAt, stepMs, until, shareBefore, rateBefore } = context;
  let began: number | undefined;
  for (const [t, { all, part }] of [...steps].reverse()) {
    if (t >= detectedAt) continue;
    if (t < detectedAt - maxDetectionMs) break;
    const failing =
      part.errors >= 3 &&
      part.errors / part.requests > Math.max(0.05, 3 * rateBefore);
    const expected = shareBefore * all.requests;
    const missing = expected >= 5 && part.requests < expected * 0.3;
    if (!failing && !missing) break;
    const countedMs = Math.min(t + stepMs, until) - t;
    began = failing
      ? t
      : t + Math.round((part.requests / expected) * countedMs);
  }
  return began === undefined ? undefined : Math.min(began, detectedAt);
}

/**
 * Requests that would have gone to the failed part. Of a step that the episode
 * covers in part only that part counts; what the failed part handled in it is
 * taken to lie before the episode, as far as its share explains it.
 */
function countShifted(
  steps: Map<number, Sums>,
  context: { from: number; end: number; stepMs: number; shareBefore: number },
): number {
  const { from, end, stepMs, shareBefore } = context;
  let shifted = 0;
  for (const [t, { all, part }] of steps) {
    const duringMs = Math.min(t + stepMs, end) - Math.max(t, from);
    if (duringMs <= 0) continue;
    const expected = shareBefore * all.requests;
    const before = expected * (Math.max(0, from - t) / stepMs);
    const handled = Math.max(0, part.requests - before);
    shifted += Math.max(0, expected * (duringMs / stepMs) - handled);
  }
  return shifted;
}

/** The first step in which others carried the load of the failed part. */
function findShift(
  steps: Map<number, Sums>,
  from: number,
  to: number,
  shareBefore: number,
): number | undefined {
  for (const [t, { all, part }] of steps) {
    if (t < from || t >= to || all.requests === 0) continue;
    if (part.requests / all.requests <= 0.05 * shareBefore) return t;
  }
  return undefined;
}

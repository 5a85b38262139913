import type { RequestSample } from './types';

/** Requests and their errors. */
export interface RequestCounts {
  requests: number;
  errors: number;
}

/** Requests of one step: in total, and of the failed part. */
export interface StepSums {
  all: RequestCounts;
  part: RequestCounts;
  byInstance: Map<string, RequestCounts>;
}

/** Sums for each step that had requests, ascending by start. */
export function requestSteps(
  samples: readonly RequestSample[],
  stepMs: number,
  isPart: (sample: RequestSample) => boolean,
): Map<number, StepSums> {
  const steps = new Map<number, StepSums>();
  for (const sample of samples) {
    const t = Math.floor(sample.t.getTime() / stepMs) * stepMs;
    const sums = steps.get(t) ?? emptySums();
    const own = sums.byInstance.get(sample.instanceId) ?? noRequests();
    sums.byInstance.set(sample.instanceId, own);
    for (const counts of isPart(sample)
      ? [sums.all, own, sums.part]
      : [sums.all, own]) {
      counts.requests += sample.requests;
      counts.errors += sample.errors;
    }
    steps.set(t, sums);
  }
  return new Map([...steps].sort(([a], [b]) => a - b));
}

/** Sums over the steps that begin within a time. */
export function sumSteps(
  steps: ReadonlyMap<number, StepSums>,
  from: number,
  to: number,
): Pick<StepSums, 'all' | 'part'> {
  const sums = { all: noRequests(), part: noRequests() };
  for (const [t, step] of steps) {
    if (t < from || t >= to) continue;
    for (const key of ['all', 'part'] as const) {
      sums[key].requests += step[key].requests;
      sums[key].errors += step[key].errors;
    }
  }
  return sums;
}

function noRequests(): RequestCounts {
  return { requests: 0, errors: 0 };
}

function emptySums(): StepSums {
  return { all: noRequests(), part: noRequests(), byInstance: new Map() };
}

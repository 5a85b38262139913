/** Requests of one group in each step of a range. @public */
export interface LoadSample {
  key: string;
  /** Requests per step, the same steps for every group; 0 if there were none. */
  requestsPerStep: readonly number[];
  /**
   * The group's first request ever is within the range, so it did not exist
   * before. If false, it may have existed from the start.
   */
  isNew?: boolean;
}

/** When a group was present, by the steps of the range. @public */
export interface ServedSteps {
  key: string;
  /** It was present for at least a part of the step. */
  present: readonly boolean[];
  /**
   * It was present from the start of the step to its end (or to now): only
   * these steps can be compared.
   */
  whole: readonly boolean[];
}

/**
 * The fewest requests whose absence is not chance: a group that serves gets
 * none where its fair share is ten only once in e¹⁰ (22,000) times.
 */
const MISSED_REQUESTS = 10;

/**
 * Finds the steps in which each group served, from its requests alone.
 *
 * @remarks A group serves in every step with requests. A run of steps without
 * any counts as served if their fair share, total / groups between their first
 * and last request, is fewer than 10 requests, which may be chance. Otherwise
 * the group was absent: not yet started, out of rotation or gone. Before the
 * first request ever of a new group it was always absent. In the steps next to
 * such an absence the group appeared or disappeared at an unknown moment, so
 * they are `present` but not `whole`. `O(groups × steps)`.
 *
 * @public
 */
export function servedSteps(samples: readonly LoadSample[]): ServedSteps[] {
  const steps = Math.max(0, ...samples.map(s => s.requestsPerStep.length));
  const spans = samples.map(({ requestsPerStep }) => ({
    first: requestsPerStep.findIndex(n => n > 0),
    last: requestsPerStep.findLastIndex(n => n > 0),
  }));
  const totals = Array.from({ length: steps }, (_, step) =>
    samples.reduce((sum, each) => sum + (each.requestsPerStep[step] ?? 0), 0),
  );
  const groups = totals.map(
    (_, step) =>
      spans.filter(({ first, last }) => first <= step && step <= last).length,
  );
  return samples.map(({ key, requestsPerStep, isNew }, i) => {
    const { first, last } = spans[i];
    const present = totals.map((_, step) => (requestsPerStep[step] ?? 0) > 0);
    if (first < 0) return { key, present, whole: present };
    for (const [from, to] of runsWithout(present)) {
      if (from === 0 && isNew) continue;
      let missed = 0;
      for (let step = from; step < to; step += 1) {
        const itself = step < first || step > last ? 1 : 0;
        missed += totals[step] / (groups[step] + itself);
      }
      if (missed < MISSED_REQUESTS) present.fill(true, from, to);
    }
    const whole = present.map(
      (here, step) =>
        here &&
        (present[step - 1] ?? !isNew) &&
        (step === steps - 1 || present[step + 1]),
    );
    return { key, present, whole };
  });
}

/** Runs of steps without requests, each as its first step and the first step after it. */
function runsWithout(present: readonly boolean[]): Array<[number, number]> {
  const runs: Array<[number, number]> = [];
  for (let step = 0; step < present.length; step += 1) {
    if (present[step]) continue;
    const open = runs.at(-1);
    if (open?.[1] === step) open[1] = step + 1;
    else runs.push([step, step + 1]);
  }
  return runs;
}

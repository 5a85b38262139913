import { median } from '../../report';

/**
 * Times a query in a warm process: the first `warmUps` runs compile code and
 * fill caches, and do not count.
 */
export async function timeIt<T>(
  runs: number,
  query: () => Promise<T>,
  warmUps: number = 1,
) {
  let result = await query();
  for (let run = 1; run < warmUps; run++) {
    result = await query();
  }
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    result = await query();
    times.push(performance.now() - began);
  }
  return { result, p50: median(times), p95: percentile(times, 0.95) };
}

/** Uses the nearest rank. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

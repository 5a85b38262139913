import {
  DurationHistogram,
  errorRateOf,
  percentileMs,
  type LatencyMs,
  type LoadPoint,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { RollupRow } from '../rollups/types';

/** Sums up requests and keeps their durations for percentiles. */
export class Tally {
  requests = 0;
  errors = 0;
  #sumUs = 0;
  #maxUs = 0;
  readonly #durations = new DurationHistogram();

  add(row: RollupRow) {
    this.requests += row.requests;
    this.errors += row.errors;
    this.#sumUs += row.durationSumUs;
    this.#maxUs = Math.max(this.#maxUs, row.durationMaxUs);
    this.#durations.addEncoded(row.histogram);
  }

  /** Adds everything that another tally counted. */
  merge(other: Tally) {
    this.requests += other.requests;
    this.errors += other.errors;
    this.#sumUs += other.#sumUs;
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
    this.#durations.merge(other.#durations);
  }

  /** In milliseconds, for what remains after subtracting a tally that is part of this one. */
  percentileWithoutMs(part: Tally, share: number): number | undefined {
    return percentileMs(
      this.#durations.without(part.#durations),
      share,
      this.#maxUs,
    );
  }

  get errorRate(): number | undefined {
    return errorRateOf(this);
  }

  percentileMs(share: number): number | undefined {
    return percentileMs(this.#durations, share, this.#maxUs);
  }

  latencyMs(): LatencyMs {
    if (this.requests === 0) return {};
    return {
      p50: this.percentileMs(0.5),
      p95: this.percentileMs(0.95),
      p99: this.percentileMs(0.99),
      max: this.#maxUs / 1000,
      mean: this.#sumUs / this.requests / 1000,
    };
  }

  point(t: number): LoadPoint {
    const { requests, errors } = this;
    return {
      t: new Date(t).toISOString(),
      requests,
      errors,
      p50Ms: this.percentileMs(0.5),
      p95Ms: this.percentileMs(0.95),
      p99Ms: this.percentileMs(0.99),
    };
  }
}

/** Creates one tally of all rows. */
export function tally(rows: readonly RollupRow[]): Tally {
  const result = new Tally();
  for (const row of rows) result.add(row);
  return result;
}

/** Creates one tally of everything that the given ones counted. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = new Tally();
  for (const each of tallies) sum.merge(each);
  return sum;
}

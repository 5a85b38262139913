import type { FleetMetricSeries } from '@cloudtrace/plugin-cloudtrace-common';

/** Display properties of a series. */
export type MetricDescription = Pick<
  FleetMetricSeries,
  'seriesId' | 'label' | 'coded' | 'unit' | 'statistic'
>;

/** The last hours of one metric in memory, one value per period. */
export class MetricSeries {
  readonly #description: MetricDescription;
  readonly #periodMs: number;
  readonly #keep: number;
  #points: Array<{ atMs: number; value: number | null }> = [];

  constructor(
    description: MetricDescription,
    options: { periodMs: number; keep: number },
  ) {
    this.#description = description;
    this.#periodMs = options.periodMs;
    this.#keep = options.keep;
  }

  add(atMs: number, value: number | undefined) {
    this.#points.push({
      // Aligned to the period, so that a point has the same time in every response.
      atMs: Math.floor(atMs / this.#periodMs) * this.#periodMs,
      value: value === undefined ? null : Math.round(value * 1000) / 1000,
    });
    if (this.#points.length > this.#keep) this.#points.shift();
  }

  since(from?: Date): FleetMetricSeries {
    const fromMs = from?.getTime() ?? 0;
    const points = this.#points.filter(point => point.atMs >= fromMs);
    return {
      ...this.#description,
      periodMs: this.#periodMs,
      times: points.map(point => new Date(point.atMs).toISOString()),
      values: points.map(point => point.value),
    };
  }
}

import type { CodedMessage } from '@cloudtrace/plugin-cloudtrace-common';

/** Statistic as CloudWatch names it: `Average`, `Sum`, `p99`, … */
export type MetricStatistic =
  | 'Average'
  | 'Sum'
  | 'Minimum'
  | 'Maximum'
  | 'SampleCount'
  | (string & {});

/**
 * Which metric to read for a type of resource and what it measures. The
 * frontend decides how to draw it.
 */
export interface MetricDefinition {
  /** Stable id of the series within the resource, e.g. `cpu-utilization`. */
  seriesId: string;
  resourceType: string;
  label: string;
  /** The message behind the label; absent if the label is configured. */
  coded?: Record<string, CodedMessage>;
  unit: string;
  namespace: string;
  metricName: string;
  statistic: MetricStatistic;
  /** Values may contain `{placeholders}`, see `dimensionsOf`. */
  dimensions: Record<string, string>;
  periodMs: number;
  /** Factor from CloudWatch's unit to `unit`, e.g. 1000 for seconds to ms. */
  scale?: number;
}

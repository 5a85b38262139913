import type { HpaMetric } from './hpaMetrics';

/** Id of the series that shows a metric of an autoscaler. */
export function seriesIdOf({ key }: Pick<HpaMetric, 'key'>): string {
  return `autoscaler/${key}`;
}

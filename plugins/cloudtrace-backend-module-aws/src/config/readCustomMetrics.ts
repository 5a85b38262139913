import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { MetricDefinition } from './MetricDefinition';

const SERIES_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads `metrics.custom` of `cloudtrace.aws`. */
export function readCustomMetrics(config: Config): MetricDefinition[] {
  return (config.getOptionalConfigArray('metrics.custom') ?? []).map(metric => {
    const seriesId = metric.getString('id');
    if (!SERIES_ID.test(seriesId)) {
      throw new InputError(
        `cloudtrace.aws.metrics.custom[].id must be kebab-case, got '${seriesId}'`,
      );
    }
    const periodSeconds = metric.getOptionalNumber('periodSeconds') ?? 60;
    if (periodSeconds <= 0 || periodSeconds % 60 !== 0) {
      throw new InputError(
        `cloudtrace.aws.metrics.custom[].periodSeconds of '${seriesId}' must be a multiple of 60`,
      );
    }
    return {
      seriesId: `custom-${seriesId}`,
      resourceType: metric.getString('resourceType'),
      label:
        metric.getOptionalString('label') ?? metric.getString('metricName'),
      unit: metric.getOptionalString('unit') ?? '1',
      namespace: metric.getString('namespace'),
      metricName: metric.getString('metricName'),
      statistic: metric.getOptionalString('statistic') ?? 'Average',
      dimensions: readDimensions(metric),
      periodMs: periodSeconds * 1000,
    };
  });
}

function readDimensions(metric: Config): Record<string, string> {
  const dimensions = metric.getOptionalConfig('dimensions');
  return Object.fromEntries(
    (dimensions?.keys() ?? []).map(key => [key, dimensions!.getString(key)]),
  );
}

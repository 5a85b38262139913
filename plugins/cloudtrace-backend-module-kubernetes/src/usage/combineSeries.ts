import type { UsageFigure } from '../objects/PodUsage';

/** A series of a pod: its labels and its value. */
export interface PodSeries {
  labels: Readonly<Record<string, unknown>>;
  /** Undefined if it is no figure, such as NaN. */
  value: number | undefined;
}

/** Labels that name who scraped or stored a series, not what it measures. */
const SCRAPER_LABELS: ReadonlySet<string> = new Set([
  'job',
  'instance',
  'prometheus',
  'prometheus_replica',
  'replica',
]);

/**
 * The value of a pod for which a query returns several series. CPU and memory
 * are the sum of its containers, and requests that of all parts, such as routes.
 * The same part from two scrapers counts once. A latency is that of the slowest
 * part: percentiles have no sum. A sum with an unknown part is unknown.
 */
export function combineSeries(
  figure: UsageFigure,
  series: readonly PodSeries[],
): number | undefined {
  const values = series.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return undefined;
  if (figure === 'latencyMs') return Math.max(...values);
  if (values.length < series.length) return undefined;
  const partOf = figure === 'requestsPerSecond' ? measuredLabels : containerOf;
  const parts = new Map<string, number>();
  for (const { labels, value } of series) {
    const part = partOf(labels);
    parts.set(part, Math.max(parts.get(part) ?? 0, value!));
  }
  // Without a container, cAdvisor's series is that of the whole pod.
  if (partOf === containerOf && parts.size > 1) parts.delete('');
  return [...parts.values()].reduce((sum, value) => sum + value, 0);
}

function containerOf({ container }: PodSeries['labels']): string {
  return typeof container === 'string' ? container : '';
}

function measuredLabels(labels: PodSeries['labels']): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => !SCRAPER_LABELS.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

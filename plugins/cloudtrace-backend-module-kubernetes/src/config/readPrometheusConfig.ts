import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { UsageFigure } from '../objects/PodUsage';

/** A Prometheus that measures the pods of a cluster. */
export interface PrometheusConfig {
  cluster: string;
  /** Without a slash at the end. */
  url: string;
  token?: string;
  /** PEM file of the only authorities that may sign its certificate. */
  caFile?: string;
  /** Queries by what they return; each result names `namespace` and `pod`. */
  queries: ReadonlyMap<UsageFigure, string>;
}

/**
 * Metrics of the kubelet (cAdvisor), as every installation has them. Two
 * scrapers of one kubelet, or two runs of a container, are one container.
 */
const DEFAULT_QUERIES: Partial<
  Record<UsageFigure, (labels: string) => string>
> = {
  cpu: labels =>
    sumOfContainers(`rate(container_cpu_usage_seconds_total{${labels}}[2m])`),
  memory: labels =>
    sumOfContainers(`container_memory_working_set_bytes{${labels}}`),
};

function sumOfContainers(metric: string): string {
  return `sum by (namespace, pod) (max by (namespace, pod, container) (${metric}))`;
}

const FIGURES: readonly UsageFigure[] = [
  'cpu',
  'memory',
  'requestsPerSecond',
  'latencyMs',
];

/** Reads `cloudtrace.kubernetes.prometheus`. Throws `InputError` naming a bad key. */
export function readPrometheusConfig(root: Config): PrometheusConfig[] {
  const entries =
    root.getOptionalConfigArray('cloudtrace.kubernetes.prometheus') ?? [];
  const read = entries.map(
    (entry): PrometheusConfig => ({
      cluster: entry.getString('cluster'),
      url: readUrl(entry),
      token: entry.getOptionalString('token'),
      caFile: readCaFile(entry),
      queries: readQueries(entry),
    }),
  );
  const names = read.map(({ cluster }) => cluster);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate) {
    throw new InputError(
      `cloudtrace.kubernetes.prometheus lists the cluster '${duplicate}' twice`,
    );
  }
  return read;
}

function readQueries(entry: Config): PrometheusConfig['queries'] {
  const labels = [
    'namespace=~"$namespaces"',
    'container!=""',
    'pod!=""',
    ...readLabels(entry),
  ].join(',');
  return new Map(
    FIGURES.flatMap(figure => {
      const query =
        entry.getOptionalString(`queries.${figure}`) ??
        DEFAULT_QUERIES[figure]?.(labels);
      return query ? [[figure, query] as const] : [];
    }),
  );
}

/** The labels of the cluster, as PromQL matches them. */
function readLabels(entry: Config): string[] {
  const labels = entry.getOptional<Record<string, unknown>>('labels') ?? {};
  return Object.entries(labels).map(([name, value]) => {
    if (!/^[a-z_]\w*$/i.test(name) || typeof value !== 'string') {
      throw new InputError(
        `cloudtrace.kubernetes.prometheus[].labels must name labels of Prometheus with their values as texts, got '${name}'`,
      );
    }
    // PromQL escapes texts as JSON does.
    return `${name}=${JSON.stringify(value)}`;
  });
}

function readCaFile(entry: Config): string | undefined {
  const caFile = entry.getOptionalString('caFile');
  if (caFile && entry.getString('url').startsWith('http:')) {
    throw new InputError(
      `cloudtrace.kubernetes.prometheus[].caFile needs a url with https, got '${entry.getString(
        'url',
      )}'`,
    );
  }
  return caFile;
}

function readUrl(entry: Config): string {
  const url = entry.getString('url');
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (!/^https?:$/.test(protocol)) {
    throw new InputError(
      `cloudtrace.kubernetes.prometheus[].url must be a URL with http or https, got '${url}'`,
    );
  }
  return url.replace(/\/+$/, '');
}

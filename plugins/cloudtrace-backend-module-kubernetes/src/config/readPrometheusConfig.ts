import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { PodUsage } from '../objects/PodUsage';

/** A figure of a pod that a query can return. */
export type UsageFigure = Exclude<keyof PodUsage, 'at'>;

/** A Prometheus that measures the pods of a cluster. */
export interface PrometheusConfig {
  cluster: string;
  /** Without a slash at the end. */
  url: string;
  token?: string;
  /** Queries by what they return; each result names `namespace` and `pod`. */
  queries: ReadonlyMap<UsageFigure, string>;
}

/** Metrics of the kubelet (cAdvisor), as every installation has them. */
const DEFAULT_QUERIES: Partial<Record<UsageFigure, string>> = {
  cpu: 'sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{namespace=~"$namespaces",container!="",pod!=""}[2m]))',
  memory:
    'sum by (namespace, pod) (container_memory_working_set_bytes{namespace=~"$namespaces",container!="",pod!=""})',
};
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
  const read = entries.map(entry => ({
    cluster: entry.getString('cluster'),
    url: readUrl(entry),
    token: entry.getOptionalString('token'),
    queries: new Map(
      FIGURES.flatMap(figure => {
        const query =
          entry.getOptionalString(`queries.${figure}`) ??
          DEFAULT_QUERIES[figure];
        return query ? [[figure, query] as const] : [];
      }),
    ),
  }));
  const names = read.map(({ cluster }) => cluster);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate) {
    throw new InputError(
      `cloudtrace.kubernetes.prometheus lists the cluster '${duplicate}' twice`,
    );
  }
  return read;
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

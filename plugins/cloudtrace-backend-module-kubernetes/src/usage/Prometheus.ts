import fetch, { type RequestInit } from 'node-fetch';
import {
  errorOfCause,
  errorOfStatus,
  unreadable,
} from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { readLimited } from '../client/readLimited';
import type {
  PrometheusConfig,
  UsageFigure,
} from '../config/readPrometheusConfig';
import { listAt, textAt } from '../describe/fields';
import { parseRecord } from '../client/parseRecord';
import type {
  NamespaceUsage,
  PodUsage,
  UsageSource,
} from '../objects/PodUsage';

const TIMEOUT_MS = 10_000;
/** Enough for 100,000 pods. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Names that need no escape in a query; Kubernetes accepts no others. */
const NAMESPACE = /^[a-z0-9-]{1,63}$/;

interface Sample {
  namespace: string;
  pod: string;
  at: Date;
  value: number;
}

/** Reads usage from Prometheus: one query per figure for all namespaces. */
export class Prometheus implements UsageSource {
  readonly #config: PrometheusConfig;

  constructor(config: PrometheusConfig) {
    this.#config = config;
  }

  async read(
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, NamespaceUsage>> {
    const wanted = namespaces.filter(name => NAMESPACE.test(name));
    const pods = new Map(
      namespaces.map(name => [name, new Map<string, PodUsage>()]),
    );
    let error: NamespaceUsage['error'];
    for (const [figure, query] of this.#config.queries) {
      if (wanted.length === 0) break;
      try {
        const samples = await this.#query(
          query.replaceAll('$namespaces', wanted.join('|')),
          signal,
        );
        for (const sample of samples) add(pods, figure, sample);
      } catch (cause) {
        error = errorOfCause(cause);
        break;
      }
    }
    return new Map(
      [...pods].map(([name, own]) => [
        name,
        { pods: own, error, from: 'prometheus' as const },
      ]),
    );
  }

  async #query(query: string, signal: AbortSignal): Promise<Sample[]> {
    const { url, token } = this.#config;
    const deadline = new Deadline(signal, TIMEOUT_MS);
    try {
      const response = await fetch(`${url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({
          query,
          timeout: `${TIMEOUT_MS / 1000}s`,
        }),
        headers: token ? { authorization: `Bearer ${token}` } : {},
        redirect: 'error',
        signal: deadline.signal as RequestInit['signal'],
      });
      if (!response.ok) {
        throw errorOfStatus(
          response.status,
          response.headers.get('retry-after'),
        );
      }
      return samplesOf(parseRecord(await readLimited(response, MAX_BYTES)));
    } catch (error) {
      const { aborted, reason } = deadline.signal;
      throw errorOfCause(aborted ? reason : error);
    } finally {
      deadline.end();
    }
  }
}

function samplesOf(answer: unknown): Sample[] {
  if (
    textAt(answer, 'status') !== 'success' ||
    textAt(answer, 'data', 'resultType') !== 'vector'
  ) {
    throw unreadable('prometheus-no-vector');
  }
  return listAt(answer, 'data', 'result').flatMap(item => {
    const namespace = textAt(item, 'metric', 'namespace');
    const pod = textAt(item, 'metric', 'pod');
    const [seconds, text] = listAt(item, 'value');
    const at = new Date(Number(seconds) * 1000);
    // A query that divides by 0 results in the text NaN or +Inf.
    const value = typeof text === 'string' && text !== '' ? Number(text) : NaN;
    return namespace &&
      pod &&
      !Number.isNaN(at.getTime()) &&
      value >= 0 &&
      Number.isFinite(value)
      ? [{ namespace, pod, at, value }]
      : [];
  });
}

function add(
  pods: ReadonlyMap<string, Map<string, PodUsage>>,
  figure: UsageFigure,
  { namespace, pod, at, value }: Sample,
) {
  const own = pods.get(namespace);
  if (!own) return;
  const before = own.get(pod);
  own.set(pod, {
    ...before,
    at: before && before.at < at ? before.at : at,
    [figure]: value,
  });
}

import { podMetricsPath } from '../calls/watchCalls';
import type { ClusterClient } from '../client/ClusterClient';
import {
  errorOfCause,
  unreadable,
  type ClusterCallError,
} from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { readLimited } from '../client/readLimited';
import { parseRecord } from '../client/parseRecord';
import { parsePodMetrics } from './parsePodMetrics';
import type {
  NamespaceUsage,
  PodUsage,
  UsageSource,
} from '../objects/PodUsage';

const TIMEOUT_MS = 10_000;
/** Enough for 100,000 containers. metrics-server ignores limits of a list call. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Namespaces that are read at the same time. */
const CONCURRENCY = 2;

/**
 * Reads usage from metrics-server. A failure ends the round, except that of a
 * namespace that is denied.
 */
export class MetricsServer implements UsageSource {
  readonly #client: Pick<ClusterClient, 'get'>;

  constructor(client: Pick<ClusterClient, 'get'>) {
    this.#client = client;
  }

  async read(
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, NamespaceUsage>> {
    const usage = new Map<string, NamespaceUsage>();
    const waiting = [...namespaces];
    let ended: ClusterCallError | undefined;
    const work = async () => {
      while (!ended && !signal.aborted) {
        const namespace = waiting.shift();
        if (namespace === undefined) return;
        const result = await this.#readOne(namespace, signal);
        usage.set(namespace, result);
        if (result.error && result.error.code !== 'access-denied') {
          ended = result.error;
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    for (const namespace of waiting) usage.set(namespace, failed(ended));
    return usage;
  }

  async #readOne(
    namespace: string,
    signal: AbortSignal,
  ): Promise<NamespaceUsage> {
    const deadline = new Deadline(signal, TIMEOUT_MS);
    try {
      const response = await this.#client.get(
        podMetricsPath(namespace),
        deadline.signal,
      );
      const list = parseRecord(await readLimited(response, MAX_BYTES));
      if (!Array.isArray(list?.items)) throw unreadable('kubernetes-no-list');
      return { pods: parsePodMetrics(list), from: 'metrics-server' };
    } catch (error) {
      const { aborted, reason } = deadline.signal;
      return failed(errorOfCause(aborted ? reason : error));
    } finally {
      deadline.end();
    }
  }
}

function failed(error: ClusterCallError | undefined): NamespaceUsage {
  return { pods: new Map<string, PodUsage>(), error, from: 'metrics-server' };
}

import { podMetricsCall, podMetricsPath } from '../calls/watchCalls';
import type { ClusterClient } from '../client/ClusterClient';
import {
  ClusterCallError,
  errorOfCause,
  unreadable,
} from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { isApiMissing } from '../calls/isApiMissing';
import { readLimited } from '../client/readLimited';
import { parseRecord } from '../client/parseRecord';
import { parsePodMetrics } from './parsePodMetrics';
import type {
  NamespaceUsage,
  PodUsage,
  UsageFailure,
  UsageFigure,
  UsageRound,
  UsageSource,
} from '../objects/PodUsage';

/** Enough for 100,000 containers. metrics-server ignores limits of a list call. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Namespaces that are read at the same time. */
const CONCURRENCY = 4;
/** So many failures in a row are those of metrics-server, not of namespaces. */
const MAX_FAILURES = 4;
const FIGURES: readonly UsageFigure[] = ['cpu', 'memory'];

/**
 * Reads usage from metrics-server, namespace by namespace, so that a slow one
 * delays no other. Failures in a row end the round: a broken metrics-server
 * costs a few calls a minute, however many namespaces there are.
 */
export class MetricsServer implements UsageSource {
  readonly #client: Pick<ClusterClient, 'get'>;

  constructor(client: Pick<ClusterClient, 'get'>) {
    this.#client = client;
  }

  async read(namespaces: readonly string[], round: UsageRound): Promise<void> {
    const waiting = [...namespaces];
    let failures = 0;
    let ended: UsageFailure | undefined;
    const work = async () => {
      while (!ended && !round.signal.aborted) {
        const namespace = waiting.shift();
        if (namespace === undefined) return;
        const usage = await this.#readOne(namespace, round);
        round.publish(namespace, usage);
        const [failure] = usage.unread;
        failures = failure && !isDenied(failure.error) ? failures + 1 : 0;
        if (failure?.error.code === 'throttled' || failures >= MAX_FAILURES) {
          ended ??= failure.error;
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    if (!ended) return;
    for (const namespace of waiting) round.publish(namespace, failed(ended));
  }

  async #readOne(
    namespace: string,
    { deadlineMs, signal }: UsageRound,
  ): Promise<NamespaceUsage> {
    const deadline = new Deadline(signal, deadlineMs);
    try {
      const response = await this.#client.get(
        podMetricsPath(namespace),
        deadline.signal,
      );
      const list = parseRecord(await readLimited(response, MAX_BYTES));
      if (!Array.isArray(list?.items)) throw unreadable('kubernetes-no-list');
      return {
        pods: parsePodMetrics(list),
        figures: FIGURES,
        unread: [],
        from: 'metrics-server',
      };
    } catch (error) {
      const { aborted, reason } = deadline.signal;
      return failed(
        await this.#classify(
          errorOfCause(aborted ? reason : error),
          deadline.signal,
        ),
      );
    } finally {
      deadline.end();
    }
  }

  /** A 404 means that metrics-server is not installed, or that something is broken. */
  async #classify(
    error: ClusterCallError,
    signal: AbortSignal,
  ): Promise<ClusterCallError> {
    const { status, reason } = error;
    if (status !== 404) return error;
    try {
      const isMissing = await isApiMissing({
        client: this.#client,
        api: podMetricsCall,
        error,
        signal,
      });
      const code = isMissing ? 'not-enabled' : 'unavailable';
      return new ClusterCallError(reason, { code, status, cause: error });
    } catch (cause) {
      return errorOfCause(signal.aborted ? signal.reason : cause);
    }
  }
}

/** A namespace can be denied on its own; the API itself works. */
function isDenied({ code }: UsageFailure): boolean {
  return code === 'access-denied';
}

function failed(error: UsageFailure): NamespaceUsage {
  return {
    pods: new Map<string, PodUsage>(),
    figures: FIGURES,
    unread: [{ figures: FIGURES, error }],
    from: 'metrics-server',
  };
}

import { Agent } from 'node:https';
import { readFile } from 'node:fs/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { groupBy } from '@cloudtrace/plugin-cloudtrace-common';
import fetch, { type RequestInit } from 'node-fetch';
import {
  ClusterCallError,
  errorOfCause,
  errorOfStatus,
} from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { readLimited } from '../client/readLimited';
import type { PrometheusConfig } from '../config/readPrometheusConfig';
import { listAt, textAt } from '../describe/fields';
import { parseRecord } from '../client/parseRecord';
import { toAuthority } from '../client/readAuthorities';
import type {
  NamespaceUsage,
  PodUsage,
  UnreadFigures,
  UsageFigure,
  UsageRound,
  UsageSource,
} from '../objects/PodUsage';
import { combineSeries } from './combineSeries';
import { parseVector, type PodSample } from './parseVector';

/** Enough for 100,000 pods. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Names that need no escape in a query; Kubernetes accepts no others. */
const NAMESPACE = /^[a-z0-9-]{1,63}$/;

type Result = { samples: PodSample[] } | { error: ClusterCallError };

/**
 * Reads usage from Prometheus: one query per figure for all namespaces. A query
 * that fails leaves the others working.
 */
export class Prometheus implements UsageSource {
  readonly #config: PrometheusConfig;
  readonly #logger: Pick<LoggerService, 'warn'>;
  /** What was logged last, by figure, so that it is not repeated each minute. */
  readonly #logged = new Map<UsageFigure, string>();

  constructor(
    config: PrometheusConfig,
    options: { logger: Pick<LoggerService, 'warn'> },
  ) {
    this.#config = config;
    this.#logger = options.logger;
  }

  async read(namespaces: readonly string[], round: UsageRound): Promise<void> {
    const wanted = namespaces.filter(name => NAMESPACE.test(name));
    if (wanted.length === 0) return;
    const figures = [...this.#config.queries.keys()];
    const pods = new Map(
      wanted.map(name => [name, new Map<string, PodUsage>()]),
    );
    const results = await Promise.all(
      figures.map(figure => this.#readFigure(figure, wanted, round)),
    );
    const unread: UnreadFigures[] = [];
    for (const [index, result] of results.entries()) {
      if ('error' in result) {
        unread.push({ figures: [figures[index]], error: result.error });
      } else {
        addFigure(pods, figures[index], result.samples);
      }
    }
    for (const [namespace, own] of pods) {
      const usage: NamespaceUsage = {
        pods: own,
        figures,
        unread,
        from: 'prometheus',
      };
      round.publish(namespace, usage);
    }
  }

  async #readFigure(
    figure: UsageFigure,
    namespaces: readonly string[],
    { deadlineMs, signal }: UsageRound,
  ): Promise<Result> {
    const query = this.#config.queries
      .get(figure)!
      .replaceAll('$namespaces', namespaces.join('|'));
    const deadline = new Deadline(signal, deadlineMs);
    try {
      const samples = await this.#query(query, deadline, deadlineMs);
      this.#log(figure, undefined);
      return { samples };
    } catch (cause) {
      const { aborted, reason } = deadline.signal;
      const error = errorOfCause(aborted ? reason : cause);
      if (!signal.aborted) this.#log(figure, error);
      return { error };
    } finally {
      deadline.end();
    }
  }

  async #query(
    query: string,
    { signal }: Deadline,
    deadlineMs: number,
  ): Promise<PodSample[]> {
    const { url, token, caFile } = this.#config;
    const response = await fetch(`${url}/api/v1/query`, {
      agent: caFile
        ? new Agent({ ca: await readAuthorityFile(caFile) })
        : undefined,
      method: 'POST',
      body: new URLSearchParams({ query, timeout: `${deadlineMs}ms` }),
      headers: token ? { authorization: `Bearer ${token}` } : {},
      redirect: 'error',
      signal: signal as RequestInit['signal'],
    });
    const answer = parseRecord(await readLimited(response, MAX_BYTES));
    if (!response.ok) {
      const said = textAt(answer, 'error');
      throw errorOfStatus(
        response.status,
        response.headers.get('retry-after'),
        said && new Error(said),
      );
    }
    const samples = parseVector(answer);
    const warnings = listAt(answer, 'warnings').filter(isText);
    // Series may be missing, such as those of a store that did not respond.
    if (warnings.length > 0) {
      throw new ClusterCallError('prometheus-partial', {
        code: 'unavailable',
        nextStep: 'prometheus-partial-next',
        cause: new Error(warnings.join('; ')),
      });
    }
    return samples;
  }

  /**
   * Logs what Prometheus says, or why it says nothing: that may name addresses,
   * which users must not see.
   */
  #log(figure: UsageFigure, error: ClusterCallError | undefined) {
    const { cause } = error ?? {};
    const text = cause instanceof Error ? cause.message : error?.message;
    if (this.#logged.get(figure) === text) return;
    if (text === undefined) {
      this.#logged.delete(figure);
      return;
    }
    this.#logged.set(figure, text);
    this.#logger.warn(
      `Prometheus of cluster ${this.#config.cluster}, query ${figure}: ${text}`,
    );
  }
}

/** @throws ClusterCallError if the file has no certificate that can be read. */
async function readAuthorityFile(path: string): Promise<string> {
  try {
    return toAuthority(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ClusterCallError('prometheus-authority-invalid', {
      code: 'account-not-configured',
      nextStep: 'prometheus-authority-invalid-next',
      cause,
    });
  }
}

function addFigure(
  pods: ReadonlyMap<string, Map<string, PodUsage>>,
  figure: UsageFigure,
  samples: readonly PodSample[],
) {
  const byPod = groupBy(samples, ({ namespace, pod }) => `${namespace}/${pod}`);
  for (const series of byPod.values()) {
    const [{ namespace, pod }] = series;
    const value = combineSeries(figure, series);
    const own = pods.get(namespace);
    if (!own || value === undefined) continue;
    const before = own.get(pod);
    const times = series.map(({ at }) => at.getTime());
    if (before) times.push(before.at.getTime());
    own.set(pod, {
      ...before,
      at: new Date(Math.min(...times)),
      [figure]: value,
    });
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

import type {
  DiagnosticsFigure,
  DiagnosticsProblem,
  DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import {
  readTableSizes,
  type TableSize,
} from '../rollups/database/readTableSizes';
import type { IngestStatistics } from '../ingest/types';
import type { RequestStore } from './types';
import { reportTokens } from '../tokens/reportTokens';
import type { TokenRules } from '../tokens/TokenRules';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../diagnostics/types';

/** Requests at least this often count as normal. */
const STALE_AFTER_MS = 15 * 60_000;

/** Reports on the requests that services send. */
export class RequestsReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #tokenRules: TokenRules;
  readonly #store: RequestStore;
  readonly #statistics: () => IngestStatistics;
  readonly #compactor: { readonly lastCompletedAt: Date | undefined };

  constructor(options: {
    knex: Knex;
    tokenRules: TokenRules;
    store: RequestStore;
    statistics: () => IngestStatistics;
    compactor: { readonly lastCompletedAt: Date | undefined };
  }) {
    this.#knex = options.knex;
    this.#tokenRules = options.tokenRules;
    this.#store = options.store;
    this.#statistics = options.statistics;
    this.#compactor = options.compactor;
  }

  async report(scope: DiagnosticsScope): Promise<DiagnosticsSource[]> {
    const { entityRef, environment } = scope;
    const [lastReceivedAt, { tokens, problems }, sizes] = await Promise.all([
      this.#store.lastReceivedAt(entityRef, environment),
      reportTokens(this.#knex, {
        ...scope,
        kind: 'requests',
        tokenRules: this.#tokenRules,
      }),
      readTableSizes(this.#knex),
    ]);
    const statistics = this.#statistics();
    const all = [...problems, ...ingestProblems(statistics)];
    return [
      {
        id: 'requests',
        kind: 'requests',
        title: 'Requests (OpenTelemetry)',
        ...judge(lastReceivedAt, tokens, all),
        lastSuccessAt: lastReceivedAt?.toISOString(),
        lastErrorAt: statistics.commits.lastError?.at.toISOString(),
        problems: all,
        figures: [
          ...figures(statistics),
          ...storageFigures(this.#compactor.lastCompletedAt, sizes),
        ],
        resources: [],
        tokens,
      },
    ];
  }
}

function judge(
  lastReceivedAt: Date | undefined,
  tokens: NonNullable<DiagnosticsSource['tokens']>,
  problems: DiagnosticsProblem[],
): Pick<DiagnosticsSource, 'status' | 'message'> {
  if (!lastReceivedAt) {
    return {
      status: 'waiting',
      message:
        tokens.live > 0
          ? 'No request has arrived yet'
          : 'No request has arrived yet, and there is no token to send any with',
    };
  }
  const silentMs = Date.now() - lastReceivedAt.getTime();
  if (silentMs > STALE_AFTER_MS) {
    return {
      status: 'stale',
      message: `No request has arrived for ${Math.round(
        silentMs / 60_000,
      )} minutes`,
    };
  }
  return problems.length > 0
    ? { status: 'problem', message: problems[0].message }
    : { status: 'ok', message: 'Requests are arriving' };
}

function ingestProblems({ commits }: IngestStatistics): DiagnosticsProblem[] {
  const { lastError, lastCommittedAt } = commits;
  if (!lastError || (lastCommittedAt && lastCommittedAt > lastError.at)) {
    return [];
  }
  return [
    {
      code: 'storage-failed',
      // Messages of the database may contain details that the caller must not
      // see.
      message: 'The newest requests could not be stored; senders try again',
      nextStep: "Ask the portal's operators to look at the database",
      at: lastError.at.toISOString(),
    },
  ];
}

/** Counted over all entities by the responding replica. */
function figures({ spans, commits, queue }: IngestStatistics) {
  const count = (id: string, label: string, value: number, unit = '1') =>
    ({ id, label, value, unit } satisfies DiagnosticsFigure);
  const list: DiagnosticsFigure[] = [
    count('spans-stored', 'Spans stored by the portal', spans.stored),
    count('spans-ignored', 'Spans that are no requests', spans.ignored),
    count('spans-duplicate', 'Spans received twice', spans.duplicate),
    ...Object.entries(spans.rejected)
      .filter(([, value]) => value > 0)
      .map(([reason, value]) =>
        count(
          `spans-rejected-${reason}`,
          `Spans rejected: ${reason.replaceAll('-', ' ')}`,
          value,
        ),
      ),
    count('queue-bytes', 'Waiting to be stored', queue.bytes, 'By'),
  ];
  if (commits.latencyMs?.p99 !== undefined) {
    list.push(
      count(
        'batch-spans',
        'Spans in the newest commit',
        commits.lastBatchSpans,
      ),
      count('commit-p99', 'Commit latency p99', commits.latencyMs.p99, 'ms'),
    );
  }
  return list;
}

/** The lag of rollups, and the sizes of partitions. */
function storageFigures(
  lastCompletedAt: Date | undefined,
  sizes: readonly TableSize[],
): DiagnosticsFigure[] {
  const list: DiagnosticsFigure[] = sizes.map(
    ({ table, partitions, bytes }) => ({
      id: `partitions-${table.replaceAll('_', '-')}`,
      label: `Table ${table}, ${partitions} partitions`,
      value: bytes,
      unit: 'By',
    }),
  );
  // Compaction runs on one replica at a time; the others do not know its lag.
  if (lastCompletedAt) {
    list.unshift({
      id: 'rollup-lag',
      label: 'Since rollups were last compacted here',
      value: Math.round((Date.now() - lastCompletedAt.getTime()) / 1000),
      unit: 's',
    });
  }
  return list;
}

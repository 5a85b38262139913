import {
  messageOf,
  wordTexts,
  type CodedMessage,
  type DiagnosticsFigure,
  type DiagnosticsProblem,
  type DiagnosticsSource,
  type MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { isOutage } from '../database/isOutage';
import { readOldestDelta } from '../rollups/database/readOldestDelta';
import {
  readTableSizes,
  type TableSize,
} from '../rollups/database/readTableSizes';
import { SPAN_REJECTIONS, type IngestStatistics } from './types';
import type { RequestStore } from '../requests/types';
import { reportTokens } from '../tokens/reportTokens';
import type { TokenRules } from '../tokens/TokenRules';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../diagnostics/types';

/** Requests at least this often count as normal. */
const STALE_AFTER_MS = 15 * 60_000;

/** Compaction runs every 20 seconds, and another replica takes over within a minute. */
const ROLLUPS_BEHIND_MS = 5 * 60_000;

/** Reports on the requests that services send. */
export class RequestsReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #tokenRules: TokenRules;
  readonly #store: RequestStore;
  readonly #statistics?: () => IngestStatistics;
  readonly #compactor: { readonly lastCompletedAt: Date | undefined };

  constructor(options: {
    knex: Knex;
    tokenRules: TokenRules;
    store: RequestStore;
    /** Absent if this replica does not ingest. */
    statistics?: () => IngestStatistics;
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
    const [stored, { tokens, problems }, sizes] = await Promise.all([
      this.#readStored(entityRef, environment),
      reportTokens(this.#knex, {
        ...scope,
        kind: 'requests',
        tokenRules: this.#tokenRules,
      }),
      readTableSizes(this.#knex),
    ]);
    const statistics = this.#statistics?.();
    const { lastReceivedAt } = stored;
    const all = [
      ...stored.problems,
      ...problems,
      ...(statistics ? ingestProblems(statistics) : []),
    ];
    const { status, message } = judge(stored, tokens, all);
    return [
      {
        id: 'requests',
        kind: 'requests',
        status,
        ...wordTexts({
          title: { code: 'source-requests', values: {} },
          message,
        }),
        lastSuccessAt: lastReceivedAt?.toISOString(),
        lastErrorAt: statistics?.commits.lastError?.at.toISOString(),
        problems: all,
        figures: [
          ...(statistics ? figures(statistics) : []),
          ...storageFigures(this.#compactor.lastCompletedAt, sizes),
        ],
        resources: [],
        tokens,
      },
    ];
  }

  /** Reads the entity's own rows, whose server may be down while others work. */
  async #readStored(
    entityRef: string,
    environment: string,
  ): Promise<StoredRequests> {
    try {
      const [lastReceivedAt, oldest] = await Promise.all([
        this.#store.lastReceivedAt(entityRef, environment),
        readOldestDelta(this.#knex, entityRef),
      ]);
      return {
        readable: true,
        lastReceivedAt,
        problems: rollupProblems(oldest),
      };
    } catch (error) {
      if (!isOutage(error as Error)) throw error;
      return { readable: false, problems: [unreadable()] };
    }
  }
}

/** What is stored of an entity. */
interface StoredRequests {
  /** Whether the database server of the entity responds. */
  readable: boolean;
  lastReceivedAt?: Date;
  problems: DiagnosticsProblem[];
}

function unreadable(): DiagnosticsProblem {
  return {
    code: 'requests-unreadable',
    ...wordTexts({
      message: { code: 'requests-unreadable', values: {} },
      nextStep: { code: 'check-database', values: {} },
    }),
    at: new Date().toISOString(),
  };
}

/** Charts count deltas, too; they only become slower with each one. */
function rollupProblems(oldest: Date | undefined): DiagnosticsProblem[] {
  const waitingMs = oldest ? Date.now() - oldest.getTime() : 0;
  if (waitingMs < ROLLUPS_BEHIND_MS) return [];
  return [
    {
      code: 'rollups-behind',
      ...wordTexts({
        message: { code: 'rollups-behind', values: { durationMs: waitingMs } },
        nextStep: { code: 'check-portal-log', values: {} },
      }),
      at: new Date().toISOString(),
    },
  ];
}

function judge(
  { readable, lastReceivedAt }: StoredRequests,
  tokens: NonNullable<DiagnosticsSource['tokens']>,
  problems: DiagnosticsProblem[],
): { status: DiagnosticsSource['status']; message?: MessageValue } {
  if (!readable) {
    return { status: 'problem', message: messageOf(problems[0], 'message') };
  }
  if (!lastReceivedAt) {
    const code = tokens.live > 0 ? 'no-request-yet' : 'no-request-no-token';
    return { status: 'waiting', message: { code, values: {} } };
  }
  const silentMs = Date.now() - lastReceivedAt.getTime();
  if (silentMs > STALE_AFTER_MS) {
    return {
      status: 'stale',
      message: { code: 'no-request-since', values: { durationMs: silentMs } },
    };
  }
  return problems.length > 0
    ? { status: 'problem', message: messageOf(problems[0], 'message') }
    : { status: 'ok', message: { code: 'requests-arrive', values: {} } };
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
      ...wordTexts({
        message: { code: 'storage-failed', values: {} },
        nextStep: { code: 'check-database', values: {} },
      }),
      at: lastError.at.toISOString(),
    },
  ];
}

/** Counted over all entities by the responding replica. */
function figures({ spans, commits, queue }: IngestStatistics) {
  const list: DiagnosticsFigure[] = [
    figure('spans-stored', says('figure-spans-stored'), spans.stored),
    figure('spans-ignored', says('figure-spans-ignored'), spans.ignored),
    figure('spans-duplicate', says('figure-spans-duplicate'), spans.duplicate),
    ...SPAN_REJECTIONS.filter(reason => spans.rejected[reason] > 0).map(
      reason =>
        figure(
          `spans-rejected-${reason}`,
          says('figure-spans-rejected', { reason: says(`span-${reason}`) }),
          spans.rejected[reason],
        ),
    ),
    figure('queue-bytes', says('figure-queue'), queue.bytes, 'By'),
  ];
  if (commits.latencyMs?.p99 !== undefined) {
    list.push(
      figure('batch-spans', says('figure-batch-spans'), commits.lastBatchSpans),
      figure(
        'commit-p99',
        says('figure-commit-p99'),
        commits.latencyMs.p99,
        'ms',
      ),
    );
  }
  return list;
}

function says(
  code: CodedMessage['code'],
  values: CodedMessage['values'] = {},
): CodedMessage {
  return { code, values };
}

function figure(
  id: string,
  label: CodedMessage,
  value: number,
  unit = '1',
): DiagnosticsFigure {
  return { id, ...wordTexts({ label }), value, unit };
}

/** The lag of rollups, and the sizes of partitions. */
function storageFigures(
  lastCompletedAt: Date | undefined,
  sizes: readonly TableSize[],
): DiagnosticsFigure[] {
  const list: DiagnosticsFigure[] = sizes.map(({ table, partitions, bytes }) =>
    figure(
      `partitions-${table.replaceAll('_', '-')}`,
      says('figure-table', {
        data: says(`stored-${table}`),
        partitions,
      }),
      bytes,
      'By',
    ),
  );
  // Compaction runs on one replica at a time; the others do not know its lag.
  if (lastCompletedAt) {
    list.unshift(
      figure(
        'rollup-lag',
        says('figure-rollup-lag'),
        Math.round((Date.now() - lastCompletedAt.getTime()) / 1000),
        's',
      ),
    );
  }
  return list;
}

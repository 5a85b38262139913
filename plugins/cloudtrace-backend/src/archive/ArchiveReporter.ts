import {
  DAY_MS,
  wordTexts,
  type CodedMessage,
  type DiagnosticsFigure,
  type DiagnosticsProblem,
  type DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { RequestArchive } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import type { DiagnosticsReporter } from '../diagnostics/types';
import { listPartitions } from '../rollups/database/listPartitions';
import { partitionedTables } from '../rollups/database/partitionedTables';
import { isoDay } from './ArchiveReader';
import {
  readArchiveStatus,
  type ArchiveStatus,
} from './database/readArchiveStatus';

const [REQUESTS] = partitionedTables;

/** A day is due an hour after its retention, and takes at most hours. */
const LATE_AFTER_MS = DAY_MS;

/** Reports what is in the archive, where it is, and what does not go on. */
export class ArchiveReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #archive: RequestArchive;
  readonly #rawRetentionMs: number;

  constructor(options: {
    knex: Knex;
    archive: RequestArchive;
    rawRetentionMs: number;
  }) {
    this.#knex = options.knex;
    this.#archive = options.archive;
    this.#rawRetentionMs = options.rawRetentionMs;
  }

  async report(): Promise<DiagnosticsSource[]> {
    const [status, lateDay] = await Promise.all([
      readArchiveStatus(this.#knex),
      this.#findLateDay(),
    ]);
    const problems = [...failure(status), ...late(status, lateDay)];
    return [
      {
        id: 'archive',
        kind: 'archive',
        status: stateOf(status, problems),
        ...wordTexts({
          title: says('source-archive'),
          message: summary(status, this.#archive.location),
        }),
        lastSuccessAt: status.lastArchivedAt?.toISOString(),
        lastErrorAt: status.failedAt?.toISOString(),
        problems,
        figures: figures(status),
        resources: [],
      },
    ];
  }

  /** The oldest day that is in the database for longer than an export takes. */
  async #findLateDay(): Promise<string | undefined> {
    const before = Date.now() - this.#rawRetentionMs - LATE_AFTER_MS;
    const [oldest] = await listPartitions(this.#knex, REQUESTS);
    return oldest && oldest.end.getTime() <= before
      ? isoDay(oldest.start)
      : undefined;
  }
}

function stateOf(
  status: ArchiveStatus,
  problems: readonly DiagnosticsProblem[],
): DiagnosticsSource['status'] {
  if (problems.length > 0) return 'problem';
  return status.days > 0 ? 'ok' : 'waiting';
}

function summary(
  { days, oldestDay, newestDay }: ArchiveStatus,
  location: string,
): CodedMessage {
  return days > 0
    ? says('archive-days', {
        count: days,
        location,
        oldest: oldestDay!,
        newest: newestDay!,
      })
    : says('archive-empty', { location });
}

function failure(status: ArchiveStatus): DiagnosticsProblem[] {
  const { failedDay, error, failedAt } = status;
  if (failedDay === undefined) return [];
  return [
    {
      code: 'archive-failed',
      ...wordTexts({
        message: says('archive-failed', { day: failedDay, error: error! }),
        nextStep: says('archive-failed-next'),
      }),
      at: failedAt?.toISOString(),
    },
  ];
}

function late(
  { failedDay }: ArchiveStatus,
  day: string | undefined,
): DiagnosticsProblem[] {
  if (day === undefined || failedDay !== undefined) return [];
  return [
    {
      code: 'archive-late',
      ...wordTexts({
        message: says('archive-late', { day }),
        nextStep: says('check-portal-log'),
      }),
    },
  ];
}

function figures(status: ArchiveStatus): DiagnosticsFigure[] {
  const figure = (
    code: 'figure-archived-requests' | 'figure-archived-bytes',
    value: number,
    unit: string,
  ) => ({
    id: code.replace('figure-', ''),
    ...wordTexts({ label: says(code) }),
    value,
    unit,
  });
  return [
    figure('figure-archived-requests', status.requests, '1'),
    figure('figure-archived-bytes', status.bytes, 'By'),
  ];
}

function says(
  code: CodedMessage['code'],
  values: CodedMessage['values'] = {},
): CodedMessage {
  return { code, values };
}

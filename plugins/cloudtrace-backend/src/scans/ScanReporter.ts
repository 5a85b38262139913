import {
  messageOf,
  wordTexts,
  type DiagnosticsProblem,
  type DiagnosticsSource,
  type MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { findEntityId } from '../database/entities/findEntityId';
import { listIncomplete } from './database/listIncomplete';
import { listScans } from './database/listScans';
import type { DbScanRow } from './database/rows';
import { reportTokens } from '../tokens/reportTokens';
import type { TokenRules } from '../tokens/TokenRules';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../diagnostics/types';

const LOOK_BACK_MS = 90 * 86_400_000;

/**
 * Reports whether scans arrive; reports nothing for entities that send none and
 * have no token for them.
 */
export class ScanReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #tokenRules: TokenRules;

  constructor(options: { knex: Knex; tokenRules: TokenRules }) {
    this.#knex = options.knex;
    this.#tokenRules = options.tokenRules;
  }

  async report(scope: DiagnosticsScope): Promise<DiagnosticsSource[]> {
    const entityId = await findEntityId(this.#knex, scope.entityRef);
    const now = Date.now();
    const [scans, incomplete, { tokens, problems, total }] = await Promise.all([
      entityId === undefined
        ? []
        : listScans(this.#knex, {
            entityId,
            from: new Date(now - LOOK_BACK_MS),
            to: new Date(now + 60_000),
            limit: 100,
          }),
      entityId === undefined ? [] : listIncomplete(this.#knex, entityId),
      reportTokens(this.#knex, {
        ...scope,
        kind: 'scans',
        tokenRules: this.#tokenRules,
      }),
    ]);
    if (scans.length === 0 && total === 0) return [];
    const isTaken = ({ status }: DbScanRow) => status === 'imported';
    const taken = scans.find(isTaken);
    const complete = scans.find(scan => isTaken(scan) && !scan.incomplete);
    const failed = scans.find(({ status }) => status === 'failed');
    const all: DiagnosticsProblem[] = [...problems];
    if (failed && (!taken || failed.received_at > taken.received_at)) {
      all.push({
        code: 'scan-failed',
        ...wordTexts({
          message: {
            code: 'scan-unreadable',
            values: { error: failed.coded?.error ?? failed.error ?? '' },
          },
          nextStep: { code: 'scan-unreadable-next', values: {} },
        }),
        at: failed.received_at.toISOString(),
      });
    }
    for (const scan of incomplete) {
      all.push({
        code: 'scan-incomplete',
        ...wordTexts({
          message: {
            code: 'scan-incomplete',
            values: {
              tool: scan.tool,
              category: scan.category,
              ref: scan.ref,
              reason: scan.coded?.incomplete ?? scan.incomplete ?? '',
            },
          },
          nextStep: { code: 'scan-incomplete-next', values: {} },
        }),
        at: scan.received_at.toISOString(),
      });
    }
    const { status, message } = judge(taken !== undefined, all);
    return [
      {
        id: 'scans',
        kind: 'scans',
        status,
        ...wordTexts({ title: { code: 'source-scans', values: {} }, message }),
        lastSuccessAt: complete?.received_at.toISOString(),
        lastErrorAt: failed?.received_at.toISOString(),
        problems: all,
        figures: [],
        resources: [],
        tokens,
      },
    ];
  }
}

function judge(
  hasScan: boolean,
  [problem]: readonly DiagnosticsProblem[],
): { status: DiagnosticsSource['status']; message?: MessageValue } {
  if (problem) {
    return { status: 'problem', message: messageOf(problem, 'message') };
  }
  return hasScan
    ? { status: 'ok', message: { code: 'scans-arrive', values: {} } }
    : { status: 'waiting', message: { code: 'no-scan-lately', values: {} } };
}

import type {
  DiagnosticsProblem,
  DiagnosticsSource,
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
        message: `The newest file could not be read: ${failed.error ?? ''}`,
        nextStep: 'Send what the tool itself writes; see docs/scans.md',
        at: failed.received_at.toISOString(),
      });
    }
    for (const scan of incomplete) {
      all.push({
        code: 'scan-incomplete',
        message: `The newest scan by ${scan.tool} (${scan.category}, ${scan.ref}) is incomplete: ${scan.incomplete}`,
        nextStep: 'Check why the scanner did not finish, then run it again',
        at: scan.received_at.toISOString(),
      });
    }
    return [
      {
        id: 'scans',
        kind: 'scans',
        title: 'Security scans',
        ...judge(taken !== undefined, all),
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
): Pick<DiagnosticsSource, 'status' | 'message'> {
  if (problem) return { status: 'problem', message: problem.message };
  return hasScan
    ? { status: 'ok', message: 'Scans are arriving' }
    : { status: 'waiting', message: 'No scan has arrived in the last 90 days' };
}

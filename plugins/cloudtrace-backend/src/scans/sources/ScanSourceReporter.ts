import {
  messageOf,
  wordTexts,
  type DiagnosticsProblem,
  type DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  ScanPull,
  ScanSource,
  ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../../diagnostics/types';

/** Maximum number of problems shown. */
const MAX_PROBLEMS = 20;

/**
 * Reports the results of pulls from a module's source; reports nothing for
 * entities without a target.
 */
export class ScanSourceReporter implements DiagnosticsReporter {
  readonly #source: Pick<ScanSource, 'id' | 'title'>;
  readonly #store: Pick<ScanStore, 'listPulls'>;

  constructor(options: {
    source: Pick<ScanSource, 'id' | 'title'>;
    store: Pick<ScanStore, 'listPulls'>;
  }) {
    this.#source = options.source;
    this.#store = options.store;
  }

  async report({
    entityRef,
  }: Pick<DiagnosticsScope, 'entityRef'>): Promise<DiagnosticsSource[]> {
    const { id, title } = this.#source;
    const pulls = await this.#store.listPulls(entityRef);
    if (pulls.length === 0) return [];
    const problems = pulls
      .filter(isFailing)
      .slice(0, MAX_PROBLEMS)
      .map(toProblem);
    const [problem] = problems;
    return [
      {
        id: `scans:${id}`,
        kind: 'scans',
        status: problem ? 'problem' : 'ok',
        ...wordTexts({
          title,
          message: problem
            ? messageOf(problem, 'message')
            : { code: 'findings-polled', values: {} },
        }),
        lastSuccessAt: newest(pulls.map(pull => pull.lastSuccessAt)),
        lastErrorAt: newest(pulls.map(pull => pull.lastErrorAt)),
        problems,
        figures: [],
        resources: [],
      },
    ];
  }
}

function isFailing({ lastErrorAt, lastSuccessAt }: ScanPull): boolean {
  return (
    lastErrorAt !== null && (!lastSuccessAt || lastErrorAt > lastSuccessAt)
  );
}

function toProblem({
  target,
  lastError,
  lastErrorAt,
  coded,
}: ScanPull): DiagnosticsProblem {
  return {
    code: 'pull-failed',
    ...wordTexts({
      message: {
        code: 'findings-not-polled',
        values: { target, error: coded?.lastError ?? lastError ?? '' },
      },
      nextStep: { code: 'findings-not-polled-next', values: {} },
    }),
    at: lastErrorAt?.toISOString(),
  };
}

function newest(dates: Array<Date | null>): string | undefined {
  const times = dates.flatMap(date => (date ? [date.getTime()] : []));
  return times.length > 0
    ? new Date(Math.max(...times)).toISOString()
    : undefined;
}

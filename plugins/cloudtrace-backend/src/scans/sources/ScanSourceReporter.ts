import type { DiagnosticsSource } from '@cloudtrace/plugin-cloudtrace-common';
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
        title,
        status: problem ? 'problem' : 'ok',
        message: problem?.message ?? 'Findings are polled',
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

function toProblem({ target, lastError, lastErrorAt }: ScanPull) {
  return {
    code: 'pull-failed',
    message: `${target} could not be polled: ${lastError ?? ''}`,
    nextStep: "Ask the portal's operators to fix it; stored findings are kept",
    at: lastErrorAt?.toISOString(),
  };
}

function newest(dates: Array<Date | null>): string | undefined {
  const times = dates.flatMap(date => (date ? [date.getTime()] : []));
  return times.length > 0
    ? new Date(Math.max(...times)).toISOString()
    : undefined;
}

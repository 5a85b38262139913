import type { Entity } from '@backstage/catalog-model';
import {
  messageOf,
  wordTexts,
  type DiagnosticsProblem,
  type DiagnosticsSource,
  type MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ScanPull, ScanStore } from '@cloudtrace/plugin-cloudtrace-node';
import { readSnykLink } from './readSnykLink';

/** Maximum number of problems to show. */
const MAX_PROBLEMS = 20;

/** Reports whether CloudTrace can pull from Snyk; nothing for entities without Snyk annotations. */
export class SnykReporter {
  readonly #store: Pick<ScanStore, 'listPulls'>;
  readonly #orgs: readonly string[];

  constructor(options: {
    store: Pick<ScanStore, 'listPulls'>;
    orgs: readonly string[];
  }) {
    this.#store = options.store;
    this.#orgs = options.orgs;
  }

  async report(scope: {
    entityRef: string;
    entity: Entity;
  }): Promise<DiagnosticsSource[]> {
    const link = readSnykLink(scope.entity, this.#orgs);
    if (link === undefined) return [];
    const pulls = await this.#store.listPulls(scope.entityRef);
    const problems: DiagnosticsProblem[] =
      typeof link === 'string'
        ? [
            {
              code: 'annotation',
              ...wordTexts({
                message: link,
                nextStep: { code: 'snyk-annotation-next', values: {} },
              }),
            },
          ]
        : pulls.filter(isFailing).slice(0, MAX_PROBLEMS).map(toProblem);
    const pulled = pulls.filter(({ target }) => target !== '');
    const lastSuccessAt = newest(pulled.map(pull => pull.lastSuccessAt));
    const { status, message } = judge(lastSuccessAt, problems);
    return [
      {
        id: 'scans:snyk',
        kind: 'scans',
        status,
        ...wordTexts({ title: 'Snyk', message }),
        lastSuccessAt: lastSuccessAt?.toISOString(),
        lastErrorAt: newest(pulls.map(pull => pull.lastErrorAt))?.toISOString(),
        problems,
        figures: [
          {
            id: 'snyk-projects',
            ...wordTexts({
              label: { code: 'snyk-figure-projects', values: {} },
            }),
            value: pulled.filter(pull => pull.lastSuccessAt).length,
            unit: '1',
          },
        ],
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
  lastError,
  lastErrorAt,
  coded,
}: ScanPull): DiagnosticsProblem {
  return {
    code: 'pull-failed',
    ...wordTexts({
      message: {
        code: 'snyk-not-polled',
        values: { error: coded?.lastError ?? lastError ?? '' },
      },
      nextStep: { code: 'snyk-not-polled-next', values: {} },
    }),
    at: lastErrorAt?.toISOString(),
  };
}

function newest(dates: Array<Date | null>): Date | undefined {
  const times = dates.flatMap(date => (date ? [date.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

function judge(
  lastSuccessAt: Date | undefined,
  [problem]: readonly DiagnosticsProblem[],
): { status: DiagnosticsSource['status']; message?: MessageValue } {
  if (problem) {
    return { status: 'problem', message: messageOf(problem, 'message') };
  }
  return lastSuccessAt
    ? { status: 'ok', message: { code: 'snyk-polled', values: {} } }
    : {
        status: 'waiting',
        message: { code: 'snyk-not-yet', values: {} },
      };
}

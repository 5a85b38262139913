import type { Entity } from '@backstage/catalog-model';
import type {
  DiagnosticsProblem,
  DiagnosticsSource,
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
    const problems =
      typeof link === 'string'
        ? [
            {
              code: 'annotation',
              message: link,
              nextStep: 'Correct the annotations; see docs/scans.md',
            },
          ]
        : pulls.filter(isFailing).slice(0, MAX_PROBLEMS).map(toProblem);
    const pulled = pulls.filter(({ target }) => target !== '');
    const lastSuccessAt = newest(pulled.map(pull => pull.lastSuccessAt));
    return [
      {
        id: 'scans:snyk',
        kind: 'scans',
        title: 'Snyk',
        ...judge(lastSuccessAt, problems),
        lastSuccessAt: lastSuccessAt?.toISOString(),
        lastErrorAt: newest(pulls.map(pull => pull.lastErrorAt))?.toISOString(),
        problems,
        figures: [
          {
            id: 'snyk-projects',
            label: 'Pulled projects',
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

function toProblem({ lastError, lastErrorAt }: ScanPull): DiagnosticsProblem {
  return {
    code: 'pull-failed',
    message: `Snyk could not be polled: ${lastError ?? ''}`,
    nextStep:
      'Check the annotations, and ask the operators of the portal to check the access of the token; the stored data stays',
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
): Pick<DiagnosticsSource, 'status' | 'message'> {
  if (problem) return { status: 'problem', message: problem.message };
  return lastSuccessAt
    ? { status: 'ok', message: 'CloudTrace pulls projects from Snyk' }
    : {
        status: 'waiting',
        message: 'No project has been pulled from Snyk yet',
      };
}

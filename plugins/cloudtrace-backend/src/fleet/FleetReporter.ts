import {
  isInformation,
  messageOf,
  wordTexts,
  type CodedMessage,
  type DiagnosticsProblem,
  type DiagnosticsSource,
  type FleetPart,
  type MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetFreshness } from './FleetFreshness';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { listLinkedResources } from './database/listLinkedResources';
import { listProblems } from './database/listProblems';
import { listRuns, type FleetRun } from './database/listRuns';
import type { DbFleetProblemRow, DbLinkedResourceRow } from './database/rows';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../diagnostics/types';

/** Reports the state of each fleet provider. */
export class FleetReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #providers: readonly FleetProvider[];
  readonly #freshness: FleetFreshness;

  constructor(options: {
    knex: Knex;
    providers: readonly FleetProvider[];
    freshness: FleetFreshness;
  }) {
    this.#knex = options.knex;
    this.#providers = options.providers;
    this.#freshness = options.freshness;
  }

  async report(scope: DiagnosticsScope): Promise<DiagnosticsSource[]> {
    const [resources, problems, runs] = await Promise.all([
      listLinkedResources(this.#knex, scope),
      listProblems(this.#knex, scope),
      listRuns(this.#knex),
    ]);
    return this.#providers.map(provider =>
      provider.notConfigured
        ? toUnconfigured(provider, provider.notConfigured)
        : this.#toSource(
            provider,
            resources.filter(r => r.provider === provider.id),
            problems.filter(p => p.provider === provider.id),
            runs.find(run => run.provider === provider.id),
          ),
    );
  }

  #toSource(
    provider: FleetProvider,
    resources: DbLinkedResourceRow[],
    problemRows: DbFleetProblemRow[],
    run: FleetRun | undefined,
  ): DiagnosticsSource {
    const problems = problemRows.map(toProblem);
    const failing =
      run?.lastErrorAt &&
      (!run.lastSuccessAt || run.lastErrorAt > run.lastSuccessAt);
    if (failing) {
      problems.push({
        code: 'unavailable',
        // The text of the error may contain details that the caller must not
        // see.
        ...wordTexts({
          message: {
            code: 'provider-unavailable',
            values: { provider: provider.title },
          },
          nextStep: { code: 'check-portal-log', values: {} },
        }),
        at: run.lastErrorAt!.toISOString(),
      });
    }
    const seen = resources.flatMap(({ last_success_at: at }) =>
      at ? [at.getTime()] : [],
    );
    const newest = seen.length > 0 ? new Date(Math.max(...seen)) : undefined;
    const { status, message } = this.#judge(resources, problems, run, newest);
    return {
      id: `fleet:${provider.id}`,
      kind: 'fleet',
      status,
      ...wordTexts({ title: provider.title, message }),
      lastSuccessAt: (newest ?? run?.lastSuccessAt)?.toISOString(),
      lastErrorAt: run?.lastErrorAt?.toISOString(),
      problems,
      figures: [],
      resources: resources.map(row => ({
        id: row.external_id,
        type: row.type,
        name: row.name,
        foundBy: row.locator,
        ...wordTexts({ foundThrough: row.coded?.detail ?? row.detail }),
        account: row.account ?? undefined,
        region: row.region ?? undefined,
        consoleUrl: row.console_url ?? undefined,
        lastSuccessAt: row.last_success_at?.toISOString(),
        parts: this.#freshness.partsOf(row),
      })),
    };
  }

  #judge(
    resources: DbLinkedResourceRow[],
    problems: DiagnosticsProblem[],
    run: FleetRun | undefined,
    newest: Date | undefined,
  ): { status: DiagnosticsSource['status']; message?: MessageValue } {
    const failure = problems.find(problem => !isInformation(problem));
    if (failure) {
      return { status: 'problem', message: messageOf(failure, 'message') };
    }
    if (!run) {
      return {
        status: 'waiting',
        message: { code: 'not-read-yet', values: {} },
      };
    }
    if (resources.length === 0) {
      return { status: 'off', message: { code: 'nothing-found', values: {} } };
    }
    if (!newest) {
      return {
        status: 'waiting',
        message: { code: 'nothing-collected', values: {} },
      };
    }
    const stale = resources.flatMap(resource =>
      this.#freshness.partsOf(resource).filter(part => part.stale),
    );
    const parts = listParts([...new Set(stale.map(({ part }) => part))]);
    return parts
      ? { status: 'stale', message: { code: 'parts-stale', values: { parts } } }
      : {
          status: 'ok',
          message: {
            code: 'resources-read',
            values: { count: resources.length },
          },
        };
  }
}

function toUnconfigured(
  { id, title }: FleetProvider,
  texts: NonNullable<FleetProvider['notConfigured']>,
): DiagnosticsSource {
  return {
    id: `fleet:${id}`,
    kind: 'fleet',
    status: 'off',
    ...wordTexts({ title, message: messageOf(texts, 'message') }),
    problems: [
      {
        code: 'account-not-configured',
        ...texts,
        at: new Date().toISOString(),
      },
    ],
    figures: [],
    resources: [],
  };
}

/** The parts of a list, in the reader's language. */
function listParts(parts: readonly FleetPart[]): CodedMessage | undefined {
  return parts.reduceRight<CodedMessage | undefined>((rest, part) => {
    const first: CodedMessage = { code: `part-${part}`, values: {} };
    return rest ? { code: 'listed', values: { first, rest } } : first;
  }, undefined);
}

function toProblem(row: DbFleetProblemRow): DiagnosticsProblem {
  return {
    code: row.code,
    message: row.message,
    nextStep: row.next_step ?? undefined,
    missingPermission: row.missing_permission ?? undefined,
    coded: row.coded ?? undefined,
    at: row.at.toISOString(),
  };
}

import type {
  DiagnosticsProblem,
  DiagnosticsSource,
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

/** Reports on each fleet provider. */
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
      this.#toSource(
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
        // The error's own words may hold what the caller must not see.
        message: `${provider.title} could not be read as a whole`,
        nextStep: "Ask the portal's operators to look at its log",
        at: run.lastErrorAt!.toISOString(),
      });
    }
    const seen = resources.flatMap(({ last_success_at: at }) =>
      at ? [at.getTime()] : [],
    );
    const newest = seen.length > 0 ? new Date(Math.max(...seen)) : undefined;
    return {
      id: `fleet:${provider.id}`,
      kind: 'fleet',
      title: provider.title,
      ...this.#judge(resources, problems, run, newest),
      lastSuccessAt: (newest ?? run?.lastSuccessAt)?.toISOString(),
      lastErrorAt: run?.lastErrorAt?.toISOString(),
      problems,
      figures: [],
      resources: resources.map(row => ({
        id: row.external_id,
        type: row.type,
        name: row.name,
        foundBy: row.locator,
        foundThrough: row.detail,
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
  ): Pick<DiagnosticsSource, 'status' | 'message'> {
    if (problems.length > 0) {
      return { status: 'problem', message: problems[0].message };
    }
    if (!run) return { status: 'waiting', message: 'It was not read yet' };
    if (resources.length === 0) {
      return {
        status: 'off',
        message:
          'Nothing of this entity was found here: no annotation, no related resource and no tag',
      };
    }
    if (!newest) {
      return {
        status: 'waiting',
        message: 'Resources are linked, but nothing was collected yet',
      };
    }
    const stale = resources.flatMap(resource =>
      this.#freshness.partsOf(resource).filter(part => part.stale),
    );
    return stale.length > 0
      ? {
          status: 'stale',
          message: `Nothing new was read for a while of: ${[
            ...new Set(stale.map(({ part }) => part)),
          ].join(', ')}`,
        }
      : { status: 'ok', message: `${resources.length} resources are read` };
  }
}

function toProblem(row: DbFleetProblemRow): DiagnosticsProblem {
  return {
    code: row.code,
    message: row.message,
    nextStep: row.next_step ?? undefined,
    missingPermission: row.missing_permission ?? undefined,
    at: row.at.toISOString(),
  };
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetChange,
  FleetProvider,
  FleetScopeWithEntity,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { ensureResources, resourceKey } from './database/ensureResources';
import {
  listKnownResources,
  type KnownResource,
} from './database/listKnownResources';
import { recordRun } from './database/recordRun';
import { replaceLinks } from './database/replaceLinks';
import { replaceProblems } from './database/replaceProblems';
import type { CatalogScopes } from '../environments/CatalogScopes';
import {
  lastReadAt,
  newestReadAt,
  type FleetFreshness,
} from './FleetFreshness';
import { fleetParts } from './readingsOf';
import { ReportStore, type ResourceReport } from './ReportStore';
import type { ReportChanges } from './storeReport';

/** Temporary problems: resources that were linked stay linked meanwhile. */
const transient: ReadonlySet<FleetProblem['code']> = new Set([
  'access-denied',
  'expired-credentials',
  'clock-skew',
  'not-enabled',
  'throttled',
  'timeout',
  'unavailable',
  'invalid-request',
  'invalid-response',
  'truncated',
]);

/**
 * How far before the newest stored entry history is requested again, for
 * entries that appear late.
 */
const OVERLAP_MS = 15 * 60_000;

/** How long a deleted resource stays linked after its last reading. */
const REPORT_DELETED_MS = 24 * 3_600_000;

/**
 * Reads fleets through their providers and stores the reports. A failure
 * affects only its own provider, scope or resource.
 */
export class FleetCollector {
  readonly #knex: Knex;
  readonly #providers: readonly FleetProvider[];
  readonly #scopes: Pick<CatalogScopes, 'list' | 'find'>;
  readonly #logger: LoggerService;
  readonly #store: ReportStore;
  readonly #onStored: (changes: ReportChanges[]) => void;

  constructor(options: {
    knex: Knex;
    providers: readonly FleetProvider[];
    scopes: Pick<CatalogScopes, 'list' | 'find'>;
    logger: LoggerService;
    freshness: FleetFreshness;
    /** Called after the transactions have committed. Must not wait: changes come next. */
    onStored: (changes: ReportChanges[]) => void;
  }) {
    this.#knex = options.knex;
    this.#providers = options.providers;
    this.#scopes = options.scopes;
    this.#logger = options.logger;
    this.#store = new ReportStore({
      knex: options.knex,
      maxAgeMs: (provider, part) => options.freshness.maxAgeMs(provider, part),
    });
    this.#onStored = options.onStored;
  }

  /** Locates and reads everything once. */
  async runCycle(signal: AbortSignal): Promise<void> {
    if (this.#providers.length === 0) return;
    const scopes = await this.#scopes.list();
    await Promise.all(
      this.#providers.map(async provider => {
        const startedAt = new Date();
        const error = await this.#attempt(provider, async () => {
          const located = await this.#attempt(provider, () =>
            this.#locate(provider, scopes, signal, true),
          );
          // Resources that were linked before are still read.
          const known = await listKnownResources(this.#knex, {
            provider: provider.id,
          });
          await this.#collect(provider, known, signal);
          if (located) throw located;
        });
        await recordRun(this.#knex, {
          provider: provider.id,
          title: provider.title,
          startedAt,
          error: error && stringifyError(error),
        });
      }),
    );
  }

  /** Reads only what a provider reported as changed. */
  async refresh(
    provider: FleetProvider,
    change: FleetChange,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#attempt(provider, async () => {
      if (change.scopes?.length) {
        const scopes = await this.#scopes.find(change.scopes);
        if (scopes.length > 0) {
          await this.#locate(provider, scopes, signal, false);
        }
      }
      if (change.resourceIds?.length) {
        const known = await listKnownResources(this.#knex, {
          provider: provider.id,
          externalIds: change.resourceIds,
        });
        await this.#collect(provider, known, signal);
      }
    });
  }

  async #locate(
    provider: FleetProvider,
    scopes: FleetScopeWithEntity[],
    signal: AbortSignal,
    /** Whether this list contains all scopes. */
    all: boolean,
  ): Promise<void> {
    const { locations, problems } = await provider.locate(scopes, { signal });
    signal.throwIfAborted();
    const own = locations.filter(l => l.resource.provider === provider.id);
    const ids = await ensureResources(
      this.#knex,
      own.map(l => l.resource),
    );
    const uncertain = problems.filter(({ code }) => transient.has(code));
    const everywhere = uncertain.filter(({ scope }) => !scope);
    const answered = everywhere.some(({ account }) => !account)
      ? []
      : scopes.filter(
          scope =>
            !uncertain.some(
              p =>
                p.scope?.entityRef === scope.entityRef &&
                p.scope.environment === scope.environment,
            ),
        );
    await replaceLinks(this.#knex, {
      provider: provider.id,
      scopes: answered,
      silent: everywhere.flatMap(({ account, region }) =>
        account ? [{ account, region }] : [],
      ),
      deletedIds: await this.#listDeleted(
        provider,
        new Set(own.map(l => l.resource.id)),
      ),
      links: own.map(({ scope, resource, locator, detail, coded }) => ({
        ...scope,
        resourceId: ids.get(resourceKey(resource))!,
        locator,
        detail,
        coded,
      })),
    });
    if (all) {
      await replaceProblems(this.#knex, {
        provider: provider.id,
        stage: 'locate',
        problems,
      });
    }
  }

  /** Ids of linked resources that were deleted within a day and not located any more. */
  async #listDeleted(
    provider: FleetProvider,
    located: ReadonlySet<string>,
  ): Promise<number[]> {
    if (!provider.findDeleted) return [];
    const known = await listKnownResources(this.#knex, {
      provider: provider.id,
    });
    const oldestMs = Date.now() - REPORT_DELETED_MS;
    const missing = known.filter(each => {
      const readAt = newestReadAt([each], fleetParts);
      return (
        !located.has(each.resource.id) &&
        readAt !== undefined &&
        readAt.getTime() > oldestMs
      );
    });
    if (missing.length === 0) return [];
    const deleted = new Set(
      provider
        .findDeleted(missing.map(({ resource }) => resource))
        .map(({ id }) => id),
    );
    return missing
      .filter(({ resource }) => deleted.has(resource.id))
      .map(({ resourceId }) => resourceId);
  }

  async #collect(
    provider: FleetProvider,
    known: KnownResource[],
    signal: AbortSignal,
  ): Promise<void> {
    if (known.length === 0) return;
    const byKey = new Map(known.map(k => [resourceKey(k.resource), k]));
    const reports = await provider.collect(
      known.map(({ resource }) => resource),
      {
        signal,
        since: (resource, part) => {
          const stored = byKey.get(resourceKey(resource));
          const at = part
            ? stored && lastReadAt(stored.snapshot, part)
            : stored?.observedAt;
          return at && new Date(at.getTime() - OVERLAP_MS);
        },
      },
    );
    const own = reports.flatMap(report => {
      const target = byKey.get(resourceKey(report.resource));
      return target ? [{ resourceId: target.resourceId, report }] : [];
    });
    const problems = own.flatMap(({ resourceId, report }) =>
      report.problems.map(problem => ({
        ...problem,
        storedResourceId: resourceId,
      })),
    );
    const stored = await this.#store.store(own, (failed, error) => {
      problems.push(this.#explainNotStored(provider, failed, error));
    });
    await replaceProblems(this.#knex, {
      provider: provider.id,
      stage: 'collect',
      resourceIds: known.map(({ resourceId }) => resourceId),
      problems,
    });
    this.#onStored(stored);
  }

  #explainNotStored(
    provider: FleetProvider,
    { resourceId, report }: ResourceReport,
    error: Error,
  ): FleetProblem & { storedResourceId: number } {
    const { name } = report.resource;
    this.#logger.error(
      `Could not store the report of ${provider.title} for ${name}`,
      error,
    );
    return {
      code: 'invalid-response',
      ...wordTexts({
        message: {
          code: 'report-not-stored',
          values: { provider: provider.title, resource: name },
        },
        nextStep: { code: 'check-portal-log', values: {} },
      }),
      storedResourceId: resourceId,
    };
  }

  /** Resolves to the error, so that the failure of one provider does not affect others. */
  async #attempt(
    provider: FleetProvider,
    action: () => Promise<void>,
  ): Promise<Error | undefined> {
    try {
      await action();
      return undefined;
    } catch (error) {
      this.#logger.warn(
        `Fleet provider ${provider.title} failed`,
        error as Error,
      );
      return error as Error;
    }
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  explainPullError,
  type FailedScanPull,
  type PulledScan,
  type ScanPullResult,
  type ScanSource,
  type ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { CatalogScopes } from '../../environments/CatalogScopes';

/** Pulls from a module's source, and stores scans as uploads are stored. */
export class ScanSourcePuller {
  readonly #source: ScanSource;
  readonly #store: ScanStore;
  readonly #catalogScopes: CatalogScopes;
  readonly #logger: LoggerService;

  constructor(options: {
    source: ScanSource;
    store: ScanStore;
    catalogScopes: CatalogScopes;
    logger: LoggerService;
  }) {
    this.#source = options.source;
    this.#store = options.store;
    this.#catalogScopes = options.catalogScopes;
    this.#logger = options.logger;
  }

  /** One pull of all entities. */
  async pull(signal: AbortSignal): Promise<void> {
    const scopes = await this.#catalogScopes.list();
    const targets = new Map<string, Set<string>>(
      scopes.map(({ entityRef }) => [entityRef, new Set()]),
    );
    // An empty catalog is one that has just been started and is not filled yet.
    if (targets.size === 0) return;
    // Determined before the first request: an older response must not replace a
    // newer one.
    const startedAt = new Date();
    const note = ({ entityRef, target }: FailedScanPull | PulledScan) => {
      targets.get(entityRef)?.add(target);
      return targets.has(entityRef);
    };
    const result = await this.#source.pull(scopes, {
      signal,
      onScan: async scan => {
        if (note(scan)) await this.#storeScan(scan, startedAt, signal);
      },
      onFailure: async failure => {
        if (note(failure)) await this.#store.recordPull(failure);
      },
    });
    // Targets missing from an interrupted pull may still be linked.
    if (!signal.aborted) await this.#endUnlinked(targets, result);
  }

  async #storeScan(scan: PulledScan, startedAt: Date, signal: AbortSignal) {
    const { entityRef, target } = scan;
    try {
      await this.#store.storeScan(
        { ...scan, analysedAt: startedAt },
        { signal },
      );
      await this.#store.recordPull({ entityRef, target });
    } catch (error) {
      this.#logger.warn(
        `Could not store the findings of ${
          this.#source.title
        } for ${entityRef}`,
        error as Error,
      );
      await this.#store.recordPull({
        entityRef,
        target,
        error: explainPullError(error, this.#source.title),
      });
    }
  }

  /** Ends pulled data of targets that are no longer linked to their entities. */
  async #endUnlinked(
    targets: ReadonlyMap<string, ReadonlySet<string>>,
    { unread }: ScanPullResult,
  ): Promise<void> {
    for (const entityRef of await this.#store.listEntities()) {
      const linked = targets.get(entityRef);
      if (!linked) continue; // It left the catalog, perhaps for a moment.
      const kept = new Set(linked);
      const pulls = await this.#store.listPulls(entityRef);
      for (const { target, error } of unread) {
        kept.add(target);
        const isKnown = pulls.some(pull => pull.target === target);
        if (isKnown && !linked.has(target)) {
          await this.#store.recordPull({ entityRef, target, error });
        }
      }
      await this.#store.endTargets({
        entityRef,
        isGone: target => !kept.has(target),
        reason: `${
          this.#source.title
        }: nothing is linked to the entity any more`,
      });
    }
  }
}

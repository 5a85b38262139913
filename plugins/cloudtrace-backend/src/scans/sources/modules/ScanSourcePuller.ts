import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  FailedScanPull,
  PulledScan,
  ScanPullResult,
  ScanSource,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureEntity } from '../../../database/entities/ensureEntity';
import { keepPulls, listPulls } from '../../database/listPulls';
import { listPulledEntities } from '../../database/listPulledEntities';
import { recordPull } from '../../database/recordPull';
import type { CatalogScopes } from '../../../environments/CatalogScopes';
import type { ScanImporterRegistry } from '../../ScanImporterRegistry';
import type { ScanImportService } from '../../ScanImportService';

/** How long a pull waits for uploads that are being read. */
const BUSY_WAITS = 60;
const BUSY_WAIT_MS = 1_000;

/** Pulls from a module's source, and stores scans as uploads are stored. */
export class ScanSourcePuller {
  readonly #knex: Knex;
  readonly #source: ScanSource;
  readonly #catalogScopes: CatalogScopes;
  readonly #importers: ScanImporterRegistry;
  readonly #scans: ScanImportService;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    source: ScanSource;
    catalogScopes: CatalogScopes;
    importers: ScanImporterRegistry;
    scans: ScanImportService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#source = options.source;
    this.#catalogScopes = options.catalogScopes;
    this.#importers = options.importers;
    this.#scans = options.scans;
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
    // Taken before the first request: an older answer must not win over a newer one.
    const startedAt = new Date();
    const note = ({ entityRef, target }: FailedScanPull | PulledScan) => {
      targets.get(entityRef)?.add(target);
      return targets.has(entityRef);
    };
    const result = await this.#source.pull(scopes, {
      signal,
      onScan: async scan => {
        if (note(scan)) await this.#store(scan, startedAt, signal);
      },
      onFailure: async failure => {
        if (note(failure)) await this.#record(failure, failure.error);
      },
    });
    // What a pull that was cut short did not name may still be linked.
    if (!signal.aborted) await this.#endUnlinked(targets, result);
  }

  async #store(scan: PulledScan, startedAt: Date, signal: AbortSignal) {
    try {
      await this.#import(scan, startedAt, signal);
      await this.#record(scan);
    } catch (error) {
      this.#logger.warn(
        `${this.#source.title} could not be stored for ${scan.entityRef}`,
        error as Error,
      );
      await this.#record(scan, this.#describe(error as Error));
    }
  }

  async #import(scan: PulledScan, startedAt: Date, signal: AbortSignal) {
    const importer = this.#importers.get(scan.format);
    if (!importer) {
      throw new Error(`There is no importer for the format '${scan.format}'`);
    }
    for (let i = 0; this.#scans.busy && i < BUSY_WAITS; i++) {
      await sleep(BUSY_WAIT_MS, undefined, { signal });
    }
    const body = Buffer.from(JSON.stringify(scan.document));
    await this.#scans.import({
      entityRef: scan.entityRef,
      entityId: await ensureEntity(this.#knex, scan.entityRef),
      sentBy: `source:${this.#source.id}`,
      source: { name: this.#source.id, target: scan.target },
      importer,
      // The same findings after a check of more are another scan.
      digest: createHash('sha256')
        .update(body)
        .update(scan.incomplete ?? '')
        .digest(),
      // The worker takes the bytes away, so they need memory of their own.
      body: new Uint8Array(body),
      gzip: false,
      category: scan.category,
      analysedAt: startedAt,
      incomplete: scan.incomplete,
    });
  }

  /** Ends what was pulled for entities from targets to which they have no link any more. */
  async #endUnlinked(
    targets: ReadonlyMap<string, ReadonlySet<string>>,
    { unread }: ScanPullResult,
  ): Promise<void> {
    const source = this.#source.id;
    for (const entity of await listPulledEntities(this.#knex, source)) {
      const { entityId, entityRef } = entity;
      const linked = targets.get(entityRef);
      if (!linked) continue; // It left the catalog, perhaps for a moment.
      const kept = new Set(linked);
      const pulls = await listPulls(this.#knex, { entityId, source });
      for (const { target, error } of unread) {
        kept.add(target);
        const isKnown = pulls.some(pull => pull.target === target);
        if (isKnown && !linked.has(target)) {
          await this.#record({ entityRef, target }, error);
        }
      }
      await this.#scans.endPulled({
        ...entity,
        source,
        isGone: target => !kept.has(target),
        reason: `${
          this.#source.title
        }: nothing there is linked to the entity any more`,
      });
      await keepPulls(this.#knex, { entityId, source, targets: [...kept] });
    }
  }

  async #record(
    pulled: { entityRef: string; target: string },
    error?: string,
  ): Promise<void> {
    const entityId = await ensureEntity(this.#knex, pulled.entityRef);
    await recordPull(
      this.#knex,
      { entityId, source: this.#source.id, target: pulled.target },
      { at: new Date(), error },
    );
  }

  /** The words of other errors may hold what is not for everybody who reads diagnostics. */
  #describe({ name, message }: Error): string {
    return ['InputError', 'ServiceUnavailableError'].includes(name)
      ? message
      : `The answer of ${this.#source.title} could not be stored`;
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { wordText, type Wording } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  AnalysedQualityGate,
  ConnectorScan,
  ScanPull,
  ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { askEachServer } from '../../database/distribution/askEachServer';
import type { ServerWork } from '../../database/distribution/onEachServer';
import type { EntityServers } from '../../database/distribution/ServerPools';
import { ensureEntity } from '../../database/entities/ensureEntity';
import { findEntityId } from '../../database/entities/findEntityId';
import type { LivePublisher } from '../../live/types';
import { keepPulls, listPulls } from '../database/listPulls';
import { listSourceEntities } from '../database/listSourceStreams';
import {
  keepQualityGates,
  listQualityGates,
  upsertQualityGate,
} from '../database/qualityGates';
import { recordPull } from '../database/recordPull';
import type { ScanImporterRegistry } from '../ScanImporterRegistry';
import type { ScanImportService } from '../ScanImportService';

/** How long a scan waits for others that are being read. */
const BUSY_WAITS = 60;
const BUSY_WAIT_MS = 1_000;

/** The database store of one scan source; it stores scans in the same way as uploads. */
export class DatabaseScanStore implements ScanStore {
  readonly #knex: Knex;
  readonly #work: ServerWork;
  readonly #source: string;
  readonly #importers: ScanImporterRegistry;
  readonly #scans: ScanImportService;
  readonly #live: LivePublisher;

  constructor(options: {
    knex: Knex;
    /** Where entities are stored. */
    servers: EntityServers;
    logger: Pick<LoggerService, 'warn'>;
    /** Id of the source. */
    source: string;
    importers: ScanImporterRegistry;
    scans: ScanImportService;
    live: LivePublisher;
  }) {
    this.#knex = options.knex;
    this.#work = options;
    this.#source = options.source;
    this.#importers = options.importers;
    this.#scans = options.scans;
    this.#live = options.live;
  }

  async storeScan(
    scan: ConnectorScan,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const importer = this.#importers.find(scan.format);
    if (!importer) {
      throw new Error(`No importer for the format '${scan.format}'`);
    }
    for (let i = 0; this.#scans.busy && i < BUSY_WAITS; i++) {
      await sleep(BUSY_WAIT_MS, undefined, { signal });
    }
    const body = toBytes(scan.document);
    await this.#scans.import({
      entityRef: scan.entityRef,
      entityId: await ensureEntity(this.#knex, scan.entityRef),
      sentBy: scan.sentBy ?? `source:${this.#source}`,
      source: { name: this.#source, target: scan.target },
      importer,
      // The same findings after a check of more are another scan.
      digest: createHash('sha256')
        .update(body)
        .update(wordText(scan.incomplete ?? ''))
        .digest(),
      body,
      gzip: false,
      category: scan.category,
      ref: scan.ref,
      commit: scan.commit,
      analysedAt: scan.analysedAt,
      cuts: scan.cuts,
      incomplete: scan.incomplete,
    });
  }

  async listEntities(): Promise<string[]> {
    // Entities of a server that does not respond keep what they have until the
    // next pull.
    const { answers } = await askEachServer(
      this.#work,
      'list what scan sources stored',
      ({ knex, entityIds }) =>
        listSourceEntities(knex, this.#source, entityIds),
    );
    return answers.flat();
  }

  async endTargets(options: {
    entityRef: string;
    isGone(target: string): boolean;
    reason: string;
  }): Promise<number> {
    const { entityRef, isGone, reason } = options;
    const entityId = await findEntityId(this.#knex, entityRef);
    if (entityId === undefined) return 0;
    const query = { entityId, source: this.#source };
    const ended = await this.#scans.endPulled({
      ...query,
      entityRef,
      isGone,
      reason,
    });
    const targets = (await listPulls(this.#knex, query))
      .map(({ target }) => target)
      .filter(target => !isGone(target));
    await keepPulls(this.#knex, { ...query, targets });
    return ended;
  }

  async recordPull(pull: {
    entityRef: string;
    target: string;
    error?: Wording;
  }): Promise<void> {
    await recordPull(
      this.#knex,
      {
        entityId: await ensureEntity(this.#knex, pull.entityRef),
        source: this.#source,
        target: pull.target,
      },
      { at: new Date(), error: pull.error },
    );
  }

  async listPulls(entityRef: string): Promise<ScanPull[]> {
    const entityId = await findEntityId(this.#knex, entityRef);
    return entityId === undefined
      ? []
      : listPulls(this.#knex, { entityId, source: this.#source });
  }

  async setQualityGate(
    entityRef: string,
    gate: AnalysedQualityGate,
  ): Promise<void> {
    const entityId = await ensureEntity(this.#knex, entityRef);
    await upsertQualityGate(this.#knex, entityId, {
      tool: gate.tool,
      instance: gate.instance,
      project_key: gate.projectKey,
      status: gate.status,
      url: gate.url ?? null,
      measures: gate.measures,
      analysed_at: gate.analysedAt,
      read_at: new Date(),
    });
    this.#live.entityChanged(entityRef, 'scans');
  }

  async listQualityGates(entityRef: string): Promise<AnalysedQualityGate[]> {
    const entityId = await findEntityId(this.#knex, entityRef);
    const rows =
      entityId === undefined
        ? []
        : await listQualityGates(this.#knex, entityId);
    return rows.map(row => ({
      tool: row.tool,
      instance: row.instance,
      projectKey: row.project_key,
      status: row.status,
      url: row.url ?? undefined,
      measures: row.measures,
      analysedAt: row.analysed_at,
    }));
  }

  async keepQualityGates(
    entityRef: string,
    kept: Parameters<ScanStore['keepQualityGates']>[1],
  ): Promise<void> {
    const entityId = await findEntityId(this.#knex, entityRef);
    if (entityId === undefined) return;
    await keepQualityGates(this.#knex, { entityId, ...kept });
  }
}

/** In its own memory, because the bytes are transferred to the worker. */
function toBytes(document: object): Uint8Array {
  return document instanceof Uint8Array
    ? new Uint8Array(document)
    : new Uint8Array(Buffer.from(JSON.stringify(document)));
}

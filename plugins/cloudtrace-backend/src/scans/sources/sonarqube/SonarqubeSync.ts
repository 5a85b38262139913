import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { ensureEntity } from '../../../database/entities/ensureEntity';
import { listQualityGates } from '../../database/qualityGates';
import { recordPull } from '../../database/recordPull';
import type { LivePublisher } from '../../../live/types';
import type { ScanImportService } from '../../ScanImportService';
import { SourceError } from '../fetchJson';
import { endUnlinked } from './endUnlinked';
import { SOURCE, targetOf, type SonarqubeProject } from './projectKey';
import { readSnapshot } from './readSnapshot';
import type { SonarqubeInstance } from './readSonarqubeConfig';
import type { SonarqubeClient } from './SonarqubeClient';
import type { LinkedProject, SonarqubeEntities } from './SonarqubeEntities';
import { GATE_TOOL, storeSnapshot } from './storeSnapshot';

const MAX_WAITING = 100;

/** What a webhook says of a project. */
export interface SonarqubeDelivery extends SonarqubeProject {
  /** The analysis that it is about; without one anything may have changed. */
  analysedAt: Date | undefined;
}

/** Brings projects up to date, one at a time in this replica. */
export class SonarqubeSync {
  readonly #knex: Knex;
  readonly #scans: ScanImportService;
  readonly #entities: SonarqubeEntities;
  readonly #instances: ReadonlyMap<
    string,
    { instance: SonarqubeInstance; client: SonarqubeClient }
  >;
  readonly #live: LivePublisher;
  readonly #logger: LoggerService;
  readonly #waiting = new Map<string, SonarqubeDelivery>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: {
    knex: Knex;
    scans: ScanImportService;
    entities: SonarqubeEntities;
    instances: ReadonlyMap<
      string,
      { instance: SonarqubeInstance; client: SonarqubeClient }
    >;
    live: LivePublisher;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#scans = options.scans;
    this.#entities = options.entities;
    this.#instances = options.instances;
    this.#live = options.live;
    this.#logger = options.logger;
  }

  /** Takes a delivery for later; `false` if too many projects wait. */
  accept(delivery: SonarqubeDelivery): boolean {
    const key = targetOf(delivery);
    const waiting = this.#waiting.get(key);
    if (!waiting && this.#waiting.size >= MAX_WAITING) return false;
    this.#waiting.set(key, waiting ? newest(waiting, delivery) : delivery);
    if (!waiting) {
      void this.#alone(async () => {
        const taken = this.#waiting.get(key)!;
        this.#waiting.delete(key);
        const project = await this.#entities.find(taken);
        if (project) await this.#pull(project, taken);
      });
    }
    return true;
  }

  /** Looks at all projects of an instance. */
  async pullAll(instance: string, signal?: AbortSignal): Promise<void> {
    const projects = await this.#entities.list();
    await this.#alone(() =>
      endUnlinked(
        { knex: this.#knex, scans: this.#scans, entities: this.#entities },
        instance,
        projects,
      ),
    );
    for (const project of projects) {
      if (project.instance !== instance || signal?.aborted) continue;
      await this.#alone(() => this.#pull(project));
    }
  }

  #alone(action: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(action).catch(error => {
      this.#logger.error('A project of SonarQube could not be read', error);
    });
    return this.#last;
  }

  async #pull(
    project: LinkedProject,
    delivery?: SonarqubeDelivery,
  ): Promise<void> {
    const known = this.#instances.get(project.instance);
    if (!known) return;
    const all = await Promise.all(
      project.entityRefs.map(entityRef => this.#stateOf(entityRef, project)),
    );
    const { analysedAt: announced } = delivery ?? {};
    if (
      announced &&
      all.every(({ takenAt }) => announced.getTime() <= takenAt)
    ) {
      return; // Delivered before, or pulled already.
    }
    const everything = delivery !== undefined && !announced;
    const { client, instance } = known;
    await this.#recorded(project, all, async () => {
      const analysis = await client.readAnalysis(project.projectKey);
      if (!analysis) {
        throw new SourceError(
          `SonarQube has no analysis of the main branch of ${project.projectKey} yet`,
        );
      }
      const behind = all.filter(
        ({ takenAt }) => everything || analysis.at.getTime() > takenAt,
      );
      if (behind.length === 0) return;
      const snapshot = await readSnapshot(client, project.projectKey, analysis);
      for (const entity of behind) {
        await storeSnapshot(
          { knex: this.#knex, scans: this.#scans },
          { ...entity, project, baseUrl: instance.baseUrl, snapshot },
        );
        this.#live.entityChanged(entity.entityRef, 'scans');
      }
    });
  }

  async #stateOf(entityRef: string, project: SonarqubeProject) {
    const entityId = await ensureEntity(this.#knex, entityRef);
    const gates = await listQualityGates(this.#knex, entityId);
    const gate = gates.find(
      row =>
        row.tool === GATE_TOOL &&
        row.instance === project.instance &&
        row.project_key === project.projectKey,
    );
    return { entityRef, entityId, takenAt: gate?.analysed_at.getTime() ?? 0 };
  }

  /** Notes how it went; what was stored before stays if it failed. */
  async #recorded(
    project: SonarqubeProject,
    entities: ReadonlyArray<{ entityId: number }>,
    action: () => Promise<void>,
  ): Promise<void> {
    let error: string | undefined;
    try {
      await action();
    } catch (failure) {
      error = this.#describe(project, failure as Error);
    }
    for (const { entityId } of entities) {
      await recordPull(
        this.#knex,
        { entityId, source: SOURCE, target: targetOf(project) },
        { at: new Date(), error },
      );
    }
  }

  #describe(project: SonarqubeProject, error: Error): string {
    if (error instanceof SourceError || error.name === 'InputError') {
      this.#logger.warn(`SonarQube ${targetOf(project)}: ${error.message}`);
      return error.message;
    }
    if (error.name === 'ServiceUnavailableError') {
      return 'The portal reads too many scans already; it tries again with the next pull';
    }
    this.#logger.error(`SonarQube ${targetOf(project)} failed`, error);
    // Its own words may hold what the reader must not see.
    return 'What SonarQube answered could not be stored';
  }
}

function newest(a: SonarqubeDelivery, b: SonarqubeDelivery): SonarqubeDelivery {
  if (!a.analysedAt || !b.analysedAt) return { ...a, analysedAt: undefined };
  return a.analysedAt > b.analysedAt ? a : b;
}

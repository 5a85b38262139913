import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';
import {
  explainPullError,
  SourceError,
  type ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import { endUnlinked } from './endUnlinked';
import { targetOf, type SonarqubeProject } from './projectKey';
import { readSnapshot } from './readSnapshot';
import type { SonarqubeInstance } from './readSonarqubeConfig';
import type { SonarqubeClient } from './SonarqubeClient';
import type { LinkedProject, SonarqubeEntities } from './SonarqubeEntities';
import { GATE_TOOL, storeSnapshot } from './storeSnapshot';

const MAX_WAITING = 100;

/** What a webhook says about a project. */
export interface SonarqubeDelivery extends SonarqubeProject {
  /** The analysis that it announces; without one, anything may have changed. */
  analysedAt: Date | undefined;
}

/** Updates projects, one at a time in this replica. */
export class SonarqubeSync {
  readonly #store: ScanStore;
  readonly #entities: SonarqubeEntities;
  readonly #instances: ReadonlyMap<
    string,
    { instance: SonarqubeInstance; client: SonarqubeClient }
  >;
  readonly #logger: LoggerService;
  readonly #waiting = new Map<string, SonarqubeDelivery>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: {
    store: ScanStore;
    entities: SonarqubeEntities;
    instances: ReadonlyMap<
      string,
      { instance: SonarqubeInstance; client: SonarqubeClient }
    >;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#entities = options.entities;
    this.#instances = options.instances;
    this.#logger = options.logger;
  }

  /** Queues a delivery; `false` if too many projects are queued. */
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

  /** Polls all projects of an instance. */
  async pullAll(instance: string, signal?: AbortSignal): Promise<void> {
    const projects = await this.#entities.list();
    await this.#alone(() =>
      endUnlinked(
        { store: this.#store, entities: this.#entities },
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
      this.#logger.error('Could not read a SonarQube project', error);
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
    await this.#recorded(project, async () => {
      const analysis = await client.readAnalysis(project.projectKey);
      if (!analysis) {
        throw new SourceError({
          code: 'sonarqube-no-analysis',
          values: { project: project.projectKey },
        });
      }
      const behind = all.filter(
        ({ takenAt }) => everything || analysis.at.getTime() > takenAt,
      );
      if (behind.length === 0) return;
      const snapshot = await readSnapshot(client, project.projectKey, analysis);
      for (const entity of behind) {
        await storeSnapshot(this.#store, {
          ...entity,
          project,
          baseUrl: instance.baseUrl,
          snapshot,
        });
      }
    });
  }

  async #stateOf(entityRef: string, project: SonarqubeProject) {
    const gates = await this.#store.listQualityGates(entityRef);
    const gate = gates.find(
      ({ tool, instance, projectKey }) =>
        tool === GATE_TOOL &&
        instance === project.instance &&
        projectKey === project.projectKey,
    );
    return { entityRef, takenAt: gate?.analysedAt.getTime() ?? 0 };
  }

  /** Records the result; a failure keeps the stored data. */
  async #recorded(
    project: LinkedProject,
    action: () => Promise<void>,
  ): Promise<void> {
    let error: Wording | undefined;
    try {
      await action();
    } catch (failure) {
      this.#logFailure(project, failure as Error);
      error = explainPullError(failure, 'SonarQube');
    }
    const target = targetOf(project);
    for (const entityRef of project.entityRefs) {
      await this.#store.recordPull({ entityRef, target, error });
    }
  }

  #logFailure(project: SonarqubeProject, error: Error): void {
    if (['SourceError', 'InputError'].includes(error.name)) {
      this.#logger.warn(`SonarQube ${targetOf(project)}: ${error.message}`);
    } else if (error.name !== 'ServiceUnavailableError') {
      this.#logger.error(`SonarQube ${targetOf(project)} failed`, error);
    }
  }
}

function newest(a: SonarqubeDelivery, b: SonarqubeDelivery): SonarqubeDelivery {
  if (!a.analysedAt || !b.analysedAt) return { ...a, analysedAt: undefined };
  return a.analysedAt > b.analysedAt ? a : b;
}

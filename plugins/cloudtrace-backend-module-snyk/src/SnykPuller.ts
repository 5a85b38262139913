import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';
import {
  explainPullError,
  SourceError,
  type ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import { joinPages } from './joinPages';
import type { SnykClient, SnykProject } from './SnykClient';
import type { SnykEntities } from './SnykEntities';
import type { SnykLink } from './readSnykLink';

/**
 * How long a project must be missing from its target before it counts as
 * deleted: a response that briefly omits a project must not hide findings.
 */
const GONE_AFTER_MS = 86_400_000;

/** Pulls the issues of projects from Snyk, and stores them like uploads. */
export class SnykPuller {
  readonly #store: ScanStore;
  readonly #client: SnykClient;
  readonly #entities: SnykEntities;
  readonly #logger: LoggerService;

  constructor(options: {
    store: ScanStore;
    client: SnykClient;
    entities: SnykEntities;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#client = options.client;
    this.#entities = options.entities;
    this.#logger = options.logger;
  }

  /**
   * Pulls all projects of all entities. An error of one stops the others only
   * if Snyk asks for a pause.
   */
  async pullAll(signal?: AbortSignal): Promise<void> {
    const links = await this.#entities.list();
    await this.#endUnlinked(links);
    for (const link of links) {
      if (signal?.aborted) return;
      if (!(await this.#pullEntity(link, signal))) {
        this.#logger.warn(
          'Snyk is overloaded; the remaining projects will be pulled next time',
        );
        return;
      }
    }
  }

  /** Pulls one project, for each entity that has it. */
  async pullProject(
    orgId: string,
    projectId: string,
    signal?: AbortSignal,
  ): Promise<void> {
    const links = (await this.#entities.cached()).filter(
      link =>
        link.orgId === orgId &&
        (link.projectIds.includes(projectId) || link.targetIds.length > 0),
    );
    if (links.length === 0) return;
    const fallback = links.filter(link => link.projectIds.includes(projectId));
    let project: SnykProject | undefined;
    try {
      [project] = await this.#client.listProjects(
        orgId,
        { projectIds: [projectId] },
        signal,
      );
      if (!project) throw unknownProject(projectId);
    } catch (error) {
      for (const link of fallback) {
        await this.#recordError(link, projectId, error);
      }
      return;
    }
    const { targetId = '' } = project;
    for (const link of links) {
      if (fallback.includes(link) || link.targetIds.includes(targetId)) {
        await this.#pull(link, project, signal);
      }
    }
  }

  /** False if Snyk is overloaded. */
  async #pullEntity(link: SnykLink, signal?: AbortSignal): Promise<boolean> {
    let projects: SnykProject[];
    try {
      projects = await this.#client.listProjects(link.orgId, link, signal);
      await this.#record(link, '');
    } catch (error) {
      await this.#recordError(link, '', error);
      return !isOverload(error);
    }
    const known = projects.map(({ id }) => id);
    for (const id of link.projectIds.filter(p => !known.includes(p))) {
      await this.#recordError(link, id, unknownProject(id));
    }
    await this.#endGone(link, known);
    for (const project of projects) {
      if (signal?.aborted) return true;
      const error = await this.#pull(link, project, signal);
      if (isOverload(error)) return false;
    }
    return true;
  }

  /**
   * Ends what no longer exists at Snyk, and deletes the state of its pulls. A
   * project that an annotation names by id stays: the token may only have lost
   * access to it.
   */
  async #endGone(link: SnykLink, known: readonly string[]): Promise<void> {
    const { entityRef } = link;
    const kept = new Set(['', ...known, ...link.projectIds]);
    const pulls = await this.#store.listPulls(entityRef);
    const missing = pulls.filter(({ target }) => !kept.has(target));
    for (const { target, lastSuccessAt } of missing) {
      // Without targets, only a changed annotation can have removed it.
      const waits =
        link.targetIds.length > 0 &&
        lastSuccessAt !== null &&
        Date.now() - lastSuccessAt.getTime() < GONE_AFTER_MS;
      if (waits) {
        kept.add(target);
        await this.#recordError(link, target, missingProject(target));
      }
    }
    await this.#store.endTargets({
      entityRef,
      isGone: target => !kept.has(target),
      reason: 'Snyk no longer has the project, or no annotation names it',
    });
  }

  /** Ends what was pulled for entities that no longer have the annotations. */
  async #endUnlinked(links: readonly SnykLink[]): Promise<void> {
    const linked = new Set(links.map(({ entityRef }) => entityRef));
    for (const entityRef of await this.#store.listEntities()) {
      if (linked.has(entityRef)) continue;
      if (!(await this.#entities.isUnlinked(entityRef))) continue;
      await this.#store.endTargets({
        entityRef,
        isGone: () => true,
        reason: 'The entity no longer has Snyk annotations',
      });
    }
  }

  /** Keeps the stored data if anything fails; resolves to the error. */
  async #pull(
    link: SnykLink,
    project: SnykProject,
    signal?: AbortSignal,
  ): Promise<unknown> {
    // Recorded before the first request: older data must not replace newer data.
    const analysedAt = new Date();
    try {
      const document = joinPages(
        project,
        await this.#client.listIssues(link.orgId, project.id, signal),
      );
      await this.#store.storeScan(
        {
          entityRef: link.entityRef,
          target: project.id,
          format: 'snyk-api',
          document,
          category: categoryOf(project),
          ref: project.targetReference?.slice(0, 256),
          analysedAt,
        },
        { signal },
      );
      await this.#record(link, project.id);
      return undefined;
    } catch (error) {
      await this.#recordError(link, project.id, error);
      return error;
    }
  }

  async #record({ entityRef }: SnykLink, target: string, error?: Wording) {
    await this.#store.recordPull({ entityRef, target, error });
  }

  async #recordError(link: SnykLink, target: string, error: unknown) {
    this.#logger.warn(
      `Snyk could not be polled for ${link.entityRef}`,
      error as Error,
    );
    await this.#record(link, target, explainPullError(error, 'Snyk'));
  }
}

/** Names and branches can repeat; the id distinguishes them. */
function categoryOf({ name, id }: SnykProject): string {
  return `${name.slice(0, 200)} [${id.slice(0, 8)}]`;
}

function unknownProject(projectId: string): SourceError {
  return new SourceError({
    code: 'snyk-unknown-project',
    values: { project: projectId },
  });
}

function missingProject(projectId: string): SourceError {
  return new SourceError({
    code: 'snyk-missing-project',
    values: { project: projectId },
  });
}

function isOverload(error: unknown): boolean {
  const status = error instanceof SourceError ? error.details.status : 0;
  return status === 429 || status === 503;
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SourceError,
  type ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import { joinPages } from './joinPages';
import type { SnykClient, SnykProject } from './SnykClient';
import type { SnykEntities } from './SnykEntities';
import type { SnykLink } from './readSnykLink';

/**
 * How long a project may be missing from its target before it counts as gone:
 * an answer that leaves something out for a moment must not hide findings.
 */
const GONE_AFTER_MS = 86_400_000;

/** Pulls the issues of projects from Snyk, and stores them as uploads are stored. */
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

  /** All projects of all entities; an error of one stops the others only if Snyk wants to be left alone. */
  async pullAll(signal?: AbortSignal): Promise<void> {
    const links = await this.#entities.list();
    await this.#endUnlinked(links);
    for (const link of links) {
      if (signal?.aborted) return;
      if (!(await this.#pullEntity(link, signal))) {
        this.#logger.warn(
          'Snyk is overloaded; the rest is pulled the next time',
        );
        return;
      }
    }
  }

  /** One project, for each entity that has it. */
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
   * Ends what Snyk has no more, and forgets how its pulls went. What an
   * annotation names by its id stays: the token may only have lost its sight.
   */
  async #endGone(link: SnykLink, known: readonly string[]): Promise<void> {
    const { entityRef } = link;
    const kept = new Set(['', ...known, ...link.projectIds]);
    const pulls = await this.#store.listPulls(entityRef);
    const missing = pulls.filter(({ target }) => !kept.has(target));
    for (const { target, lastSuccessAt } of missing) {
      // Without targets only the annotation can have dropped it.
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
      reason:
        'Snyk does not have the project any more, or no annotation names it',
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
        reason: 'The entity has no annotations of Snyk any more',
      });
    }
  }

  /** Leaves what is stored as it is if anything fails; resolves to the error. */
  async #pull(
    link: SnykLink,
    project: SnykProject,
    signal?: AbortSignal,
  ): Promise<unknown> {
    // Taken before the first request: an older answer must not win over a newer one.
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

  async #record({ entityRef }: SnykLink, target: string, error?: string) {
    await this.#store.recordPull({ entityRef, target, error });
  }

  async #recordError(link: SnykLink, target: string, error: unknown) {
    this.#logger.warn(
      `Snyk could not be pulled for ${link.entityRef}`,
      error as Error,
    );
    await this.#record(link, target, publicMessage(error));
  }
}

/** Names can be the same, and so can branches; the id tells them apart. */
function categoryOf({ name, id }: SnykProject): string {
  return `${name.slice(0, 200)} [${id.slice(0, 8)}]`;
}

function unknownProject(projectId: string): SourceError {
  return new SourceError(
    `Snyk has no project ${projectId} in the organisation, or the token may not see it`,
  );
}

function missingProject(projectId: string): SourceError {
  return new SourceError(
    `Snyk does not list the project ${projectId} in its target any more; its findings are closed when it has been missing for a day`,
  );
}

function isOverload(error: unknown): boolean {
  const status = error instanceof SourceError ? error.details.status : 0;
  return status === 429 || status === 503;
}

/** The words of other errors may hold what is not for everybody who reads diagnostics. */
function publicMessage(error: unknown): string {
  const { name, message } = error as Error;
  return ['SourceError', 'InputError', 'ServiceUnavailableError'].includes(name)
    ? message
    : 'What Snyk answered could not be stored';
}

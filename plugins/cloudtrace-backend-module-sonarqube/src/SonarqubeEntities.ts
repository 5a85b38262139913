import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CatalogComponents,
  type LinkCollector,
} from '@cloudtrace/plugin-cloudtrace-node';
import {
  readProject,
  SONARQUBE_ANNOTATION,
  type SonarqubeProject,
} from './projectKey';

/** A project with the components that refer to it. */
export interface LinkedProject extends SonarqubeProject {
  entityRefs: string[];
}

/** Finds the projects that components of the catalog refer to. */
export class SonarqubeEntities {
  readonly #components: CatalogComponents<LinkedProject>;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    instances: readonly { name: string }[];
  }) {
    this.#components = new CatalogComponents({
      ...options,
      collect: () => collectProjects(options.instances),
    });
  }

  list(): Promise<LinkedProject[]> {
    return this.#components.list();
  }

  /**
   * One project, from a catalog read within the last minute; `undefined` if no
   * component refers to it.
   */
  async find(project: SonarqubeProject): Promise<LinkedProject | undefined> {
    const projects = await this.#components.cached();
    return projects.find(
      ({ instance, projectKey }) =>
        instance === project.instance && projectKey === project.projectKey,
    );
  }

  /** Whether an entity exists and refers to no project; false if its annotation is invalid. */
  async isUnlinked(entityRef: string): Promise<boolean> {
    const entity = await this.#components.find(entityRef);
    return (
      entity !== undefined &&
      !entity.metadata.annotations?.[SONARQUBE_ANNOTATION]?.trim()
    );
  }
}

function collectProjects(
  instances: readonly { name: string }[],
): LinkCollector<LinkedProject> {
  const projects = new Map<string, LinkedProject>();
  return {
    add: entity => {
      const project = readProject(entity, instances);
      if (!project) return;
      const key = `${project.instance}/${project.projectKey}`;
      const linked = projects.get(key) ?? { ...project, entityRefs: [] };
      linked.entityRefs.push(stringifyEntityRef(entity));
      projects.set(key, linked);
    },
    links: () => [...projects.values()],
  };
}

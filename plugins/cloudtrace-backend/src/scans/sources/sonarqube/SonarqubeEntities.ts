import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  readProject,
  SONARQUBE_ANNOTATION,
  type SonarqubeProject,
} from './projectKey';

/** Webhooks come in bursts: the catalog is not read for each. */
const cacheMs = 60_000;

/** A project with the components that name it. */
export interface LinkedProject extends SonarqubeProject {
  entityRefs: string[];
}

/** The projects that components of the catalog name, read with the plugin's own credentials. */
export class SonarqubeEntities {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #instances: readonly { name: string }[];
  #cached: { until: number; projects: LinkedProject[] } | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    instances: readonly { name: string }[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#instances = options.instances;
  }

  /** One project, as the catalog was within the last minute; `undefined` if nothing names it. */
  async find(project: SonarqubeProject): Promise<LinkedProject | undefined> {
    const projects =
      this.#cached && this.#cached.until > Date.now()
        ? this.#cached.projects
        : await this.list();
    return projects.find(
      ({ instance, projectKey }) =>
        instance === project.instance && projectKey === project.projectKey,
    );
  }

  /** Whether an entity is there and names no project; not so if what it names cannot be read. */
  async isUnlinked(entityRef: string): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return (
      entity !== undefined &&
      !entity.metadata.annotations?.[SONARQUBE_ANNOTATION]?.trim()
    );
  }

  async list(): Promise<LinkedProject[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const projects = new Map<string, LinkedProject>();
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: 'component' },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.annotations',
        ],
      },
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) {
        const project = readProject(entity, this.#instances);
        if (!project) continue;
        const key = `${project.instance}/${project.projectKey}`;
        const linked = projects.get(key) ?? { ...project, entityRefs: [] };
        linked.entityRefs.push(stringifyEntityRef(entity));
        projects.set(key, linked);
      }
    }
    const list = [...projects.values()];
    this.#cached = { until: Date.now() + cacheMs, projects: list };
    return list;
  }
}

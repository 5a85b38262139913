import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  annotatedEnvironments,
  DEFAULT_ENVIRONMENT,
  type EntityEnvironment,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';

/** Knows environments of an entity, because it has data of them. */
export interface EnvironmentSource {
  name: Exclude<EntityEnvironment['sources'][number], 'annotation'>;
  environments(
    entityRef: string,
  ): Promise<Array<{ name: string; lastReceivedAt?: Date }>>;
}

/** Finds the environments of an entity, and the one that a call refers to. */
export class EnvironmentResolver {
  readonly #access: EntityAccess;
  readonly #sources: EnvironmentSource[];

  constructor(options: { access: EntityAccess; sources: EnvironmentSource[] }) {
    this.#access = options.access;
    this.#sources = options.sources;
  }

  /**
   * Returns all environments: first those in annotations, in their order, then
   * others by name. The default is the first one with data, otherwise the first
   * one. Never empty.
   */
  async list(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<{ items: EntityEnvironment[]; default: string }> {
    const [entity, ...found] = await Promise.all([
      this.#access.getEntity(entityRef, credentials),
      ...this.#sources.map(source => source.environments(entityRef)),
    ]);
    const items = new Map<string, EntityEnvironment>();
    const item = (name: string) => {
      const existing = items.get(name);
      if (existing) return existing;
      const created: EntityEnvironment = { name, sources: [] };
      items.set(name, created);
      return created;
    };
    for (const name of annotatedEnvironments(entity.metadata.annotations)) {
      item(name).sources.push('annotation');
    }
    const byName = found
      .flatMap((environments, i) =>
        environments.map(environment => ({
          ...environment,
          source: this.#sources[i].name,
        })),
      )
      .sort((a, b) => a.name.localeCompare(b.name));
    for (const { name, source, lastReceivedAt } of byName) {
      const environment = item(name);
      environment.sources.push(source);
      environment.lastReceivedAt ??= lastReceivedAt?.toISOString();
    }
    const all = [...items.values()];
    const withData = all.find(({ sources }) =>
      sources.some(source => source !== 'annotation'),
    );
    return {
      items: all.length > 0 ? all : [item(DEFAULT_ENVIRONMENT)],
      default: (withData ?? all[0])?.name ?? DEFAULT_ENVIRONMENT,
    };
  }

  /** Returns the environment that a call refers to. */
  async resolve(
    entityRef: string,
    environment: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<string> {
    return environment ?? (await this.list(entityRef, credentials)).default;
  }
}

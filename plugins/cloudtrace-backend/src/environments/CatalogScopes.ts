import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  annotatedEnvironments,
  DEFAULT_ENVIRONMENT,
  type FleetScope,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { listKnownEnvironments } from './database/listKnownEnvironments';

/** Maximum number of entities per catalog query. */
const PAGE_SIZE = 500;

/**
 * All environments of all components in the catalog, with the catalog resources
 * that they depend on.
 */
export class CatalogScopes {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #knex: Knex;
  readonly #cacheMs: number;
  readonly #knownEnvironments: readonly string[];
  #cached: { until: number; scopes: FleetScopeWithEntity[] } | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    knex: Knex;
    /** How long to reuse the last result. */
    cacheMs: number;
    /** Selects of the areas that know environments, in addition to annotations. */
    knownEnvironments: readonly string[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#knex = options.knex;
    this.#cacheMs = options.cacheMs;
    this.#knownEnvironments = options.knownEnvironments;
  }

  /** Reads them, or returns those read shortly before. */
  async list(): Promise<FleetScopeWithEntity[]> {
    if (this.#cached && this.#cached.until > Date.now()) {
      return this.#cached.scopes;
    }
    return this.#read();
  }

  /** Returns those that exist; reads the catalog again if one is unknown. */
  async find(wanted: readonly FleetScope[]): Promise<FleetScopeWithEntity[]> {
    const keys = new Set(wanted.map(keyOf));
    const pick = (scopes: FleetScopeWithEntity[]) =>
      scopes.filter(scope => keys.has(keyOf(scope)));
    const found = pick(await this.list());
    return found.length === keys.size ? found : pick(await this.#read());
  }

  async #read(): Promise<FleetScopeWithEntity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    const pages = this.#catalog.streamEntities(
      { filter: { kind: 'component' } },
      { credentials },
    );
    for await (const page of pages) {
      entities.push(...page);
    }

    const [related, known] = await Promise.all([
      this.#readResources(entities, credentials),
      listKnownEnvironments(this.#knex, this.#knownEnvironments),
    ]);
    const environments = new Map<string, string[]>();
    for (const { entityRef, environment } of known) {
      const list = environments.get(entityRef) ?? [];
      environments.set(entityRef, [...list, environment]);
    }
    const scopes = entities.flatMap(entity => {
      const entityRef = stringifyEntityRef(entity);
      const names = new Set([
        ...annotatedEnvironments(entity.metadata.annotations),
        ...(environments.get(entityRef) ?? []),
      ]);
      if (names.size === 0) names.add(DEFAULT_ENVIRONMENT);
      const relatedResources = resourceRefsOf(entity).flatMap(ref => {
        const resource = related.get(ref);
        return resource ? [resource] : [];
      });
      return [...names].map(environment => ({
        entityRef,
        environment,
        entity,
        relatedResources,
      }));
    });
    // An empty catalog has just started and is not filled yet.
    this.#cached =
      scopes.length > 0
        ? { until: Date.now() + this.#cacheMs, scopes }
        : undefined;
    return scopes;
  }

  async #readResources(
    entities: Entity[],
    credentials: Awaited<ReturnType<AuthService['getOwnServiceCredentials']>>,
  ): Promise<Map<string, Entity>> {
    const refs = [...new Set(entities.flatMap(resourceRefsOf))];
    const found = new Map<string, Entity>();
    for (let i = 0; i < refs.length; i += PAGE_SIZE) {
      const entityRefs = refs.slice(i, i + PAGE_SIZE);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs },
        { credentials },
      );
      items.forEach((item, j) => {
        if (item) found.set(entityRefs[j], item);
      });
    }
    return found;
  }
}

function resourceRefsOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(
      ({ type, targetRef }) =>
        type === 'dependsOn' && parseEntityRef(targetRef).kind === 'resource',
    )
    .map(({ targetRef }) => targetRef);
}

function keyOf({ entityRef, environment }: FleetScope): string {
  return `${entityRef.toLocaleLowerCase('en-US')}\n${environment}`;
}

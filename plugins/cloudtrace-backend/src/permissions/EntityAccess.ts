import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/** A permission on a catalog entity. */
export type EntityPermission = ResourcePermission<'catalog-entity'>;

/** What lists of several entities show about each. */
const listedFields = ['kind', 'metadata', 'relations'];

/**
 * Decides what a caller may see of an entity.
 *
 * @remarks The entity is always read with the caller's own credentials. A
 * missing entity, one hidden by the catalog and a missing CloudTrace permission
 * result in the same error, so that nobody learns which case it was.
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  /** One read per call: decorators and services request the same entity. */
  readonly #entities = new WeakMap<
    BackstageCredentials,
    Map<string, Promise<Entity | undefined>>
  >();

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  /**
   * Resolves to the entity if the caller may read it and has the permission.
   *
   * @throws `NotFoundError` otherwise
   */
  async requireEntity(
    entityRef: string,
    permission: EntityPermission,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const [entity, [allowed]] = await Promise.all([
      this.#readEntity(entityRef, credentials),
      this.allowed(entityRef, [permission], credentials),
    ]);
    if (!entity || !allowed) throw notFound(entityRef);
    return entity;
  }

  /**
   * Resolves to the entity if the caller may read it and has any of the
   * permissions, with the result for each of them.
   *
   * @throws `NotFoundError` otherwise
   */
  async requireEntityWithAny(
    entityRef: string,
    permissions: readonly EntityPermission[],
    credentials: BackstageCredentials,
  ): Promise<{ entity: Entity; allowed: boolean[] }> {
    const [entity, allowed] = await Promise.all([
      this.#readEntity(entityRef, credentials),
      this.allowed(entityRef, permissions, credentials),
    ]);
    if (!entity || !allowed.includes(true)) throw notFound(entityRef);
    return { entity, allowed };
  }

  /** Reads the entity as the caller; for services behind a decorator. */
  async getEntity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const entity = await this.#readEntity(entityRef, credentials);
    if (!entity) throw notFound(entityRef);
    return entity;
  }

  /** Returns those of the entities that the catalog shows to the caller. */
  async readable(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    if (entityRefs.length === 0) return new Set();
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...entityRefs], fields: ['kind', 'metadata.name'] },
      { credentials },
    );
    return new Set(entityRefs.filter((_, i) => items[i]));
  }

  /**
   * Whether the caller has each of the permissions on the entity; anything but
   * an explicit "allow" denies.
   */
  async allowed(
    entityRef: string,
    permissions: readonly EntityPermission[],
    credentials: BackstageCredentials,
  ): Promise<boolean[]> {
    const decisions = await this.#permissions.authorize(
      permissions.map(permission => ({ permission, resourceRef: entityRef })),
      { credentials },
    );
    return permissions.map((_, i) => isAllowed(decisions[i]));
  }

  /**
   * Filters entities by permission: returns the decision on each permission for
   * every entity that the caller may read with at least one of them, and
   * `undefined` for the others.
   */
  async findVisible(
    entityRefs: readonly string[],
    permissions: readonly EntityPermission[],
    credentials: BackstageCredentials,
  ): Promise<Array<{ entity: Entity; allowed: boolean[] } | undefined>> {
    const [{ items }, decisions] = await Promise.all([
      this.#catalog.getEntitiesByRefs(
        { entityRefs: [...entityRefs], fields: listedFields },
        { credentials },
      ),
      this.#permissions.authorize(
        entityRefs.flatMap(resourceRef =>
          permissions.map(permission => ({ permission, resourceRef })),
        ),
        { credentials },
      ),
    ]);
    return items.map((entity, i) => {
      const allowed = permissions.map((_, k) =>
        isAllowed(decisions[i * permissions.length + k]),
      );
      return entity && allowed.includes(true) ? { entity, allowed } : undefined;
    });
  }

  #readEntity(entityRef: string, credentials: BackstageCredentials) {
    let entities = this.#entities.get(credentials);
    if (!entities) {
      entities = new Map();
      this.#entities.set(credentials, entities);
    }
    let entity = entities.get(entityRef);
    if (!entity) {
      entity = this.#catalog.getEntityByRef(entityRef, { credentials });
      entities.set(entityRef, entity);
      // A failed read must not be cached for credentials that outlive one call.
      const forget = () => entities.delete(entityRef);
      entity.then(() => setTimeout(forget, 5_000).unref(), forget);
    }
    return entity;
  }
}

/** Whether a decision is an explicit "allow"; a conditional or missing one is not. */
function isAllowed(decision: PolicyDecision | undefined): boolean {
  return decision?.result === AuthorizeResult.ALLOW;
}

function notFound(entityRef: string) {
  return new NotFoundError(
    `Entity ${entityRef} not found, or you don't have permission`,
  );
}

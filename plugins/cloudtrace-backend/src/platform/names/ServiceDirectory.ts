import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { ensureEntity } from '../../database/entities/ensureEntity';
import { listKnownEnvironments } from '../../environments/database/listKnownEnvironments';
import { listAssignments } from '../database/assignments';
import { Refreshed } from './Refreshed';
import { ServiceClaim } from './ServiceClaim';
import { ServiceNames } from './ServiceNames';

/** How long a change of the catalog may stay unnoticed. */
const CATALOG_MS = 60_000;
/** The same while a name is unknown: its entity may be new. */
const CATALOG_FOR_UNKNOWN_MS = 10_000;
/** Older than this, the catalog is read before anything is stored. */
const CATALOG_MAX_MS = 300_000;
/** Assignments take effect within 30 seconds. */
const ASSIGNMENTS_MS = 20_000;

/**
 * Keeps what is needed to find the entity of a service by its name.
 *
 * @remarks Reads the catalog and the assignments in the background while
 * requests arrive, so that ingest does not wait for either. While the catalog is
 * unavailable, the last reading holds.
 */
export class ServiceDirectory {
  readonly #knex: Knex;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #knownEnvironments: readonly string[];
  readonly #claims: Refreshed<ServiceClaim[]>;
  readonly #assignments: Refreshed<Awaited<ReturnType<typeof listAssignments>>>;
  readonly #entityIds = new Map<string, number>();
  #names: { from: readonly unknown[]; names: ServiceNames } | undefined;

  constructor(options: {
    knex: Knex;
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
    /** Selects of the areas that know environments, in addition to annotations. */
    knownEnvironments: readonly string[];
    now?: () => number;
  }) {
    this.#knex = options.knex;
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#knownEnvironments = options.knownEnvironments;
    this.#claims = new Refreshed({
      ...options,
      read: () => this.#readClaims(),
      freshMs: CATALOG_MS,
      maxMs: CATALOG_MAX_MS,
      keepsLast: true,
      what: 'the services of the catalog',
    });
    this.#assignments = new Refreshed({
      ...options,
      read: () => listAssignments(this.#knex),
      freshMs: ASSIGNMENTS_MS,
      maxMs: ASSIGNMENTS_MS + 5_000,
      keepsLast: false,
      what: 'the assignments of services',
    });
  }

  /** @throws if the catalog or the database was never read; a retry may help */
  async names(): Promise<ServiceNames> {
    // Usually both are at hand, and nothing waits.
    const claims = this.#claims.current ?? (await this.#claims.get());
    const assignments =
      this.#assignments.current ?? (await this.#assignments.get());
    const from = [claims, assignments];
    if (!this.#names || from.some((part, i) => part !== this.#names!.from[i])) {
      this.#names = { from, names: new ServiceNames(claims, assignments) };
    }
    return this.#names.names;
  }

  /** A sender used a name that nobody claims: its entity may just have been added. */
  noteUnknown(): void {
    this.#claims.refreshIfOlder(CATALOG_FOR_UNKNOWN_MS);
  }

  /** Assignments changed on this replica. */
  forgetAssignments(): void {
    this.#assignments.forget();
  }

  /** The number of an entity, if it is known without asking the database. */
  knownEntityId(entityRef: string): number | undefined {
    return this.#entityIds.get(entityRef);
  }

  /** The number of an entity; assigns one if there is none. */
  async entityId(entityRef: string): Promise<number> {
    const id =
      this.#entityIds.get(entityRef) ??
      (await ensureEntity(this.#knex, entityRef));
    this.#entityIds.set(entityRef, id);
    return id;
  }

  async #readClaims(): Promise<ServiceClaim[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const known = new Map<string, string[]>();
    for (const { entityRef, environment } of await listKnownEnvironments(
      this.#knex,
      this.#knownEnvironments,
    )) {
      known.set(entityRef, [...(known.get(entityRef) ?? []), environment]);
    }
    const claims: ServiceClaim[] = [];
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: 'component' },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.uid',
          'metadata.annotations',
          'spec.type',
          'relations',
        ],
      },
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) {
        const claim = new ServiceClaim(entity, []);
        claims.push(
          known.has(claim.entityRef)
            ? new ServiceClaim(entity, known.get(claim.entityRef)!)
            : claim,
        );
      }
    }
    if (claims.length === 0) {
      throw new Error('the catalog has no components yet');
    }
    return claims;
  }
}

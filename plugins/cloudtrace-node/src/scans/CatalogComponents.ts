import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Webhooks come in bursts, so the catalog is not read for each of them. */
const CACHE_MS = 60_000;

/** Collects links while the catalog is read page by page. @public */
export interface LinkCollector<TLink> {
  /** Called for each component; only its names and annotations were read. */
  add(component: Entity): void;
  links(): TLink[];
}

/**
 * What the annotations of the catalog's components say about one scanner, read
 * with the plugin's own credentials.
 *
 * @public
 */
export class CatalogComponents<TLink> {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #collect: () => LinkCollector<TLink>;
  #cached: { until: number; links: TLink[] } | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** Starts to read the catalog. */
    collect: () => LinkCollector<TLink>;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#collect = options.collect;
  }

  /** Reads them, or returns those read within the last minute. */
  async cached(): Promise<TLink[]> {
    return this.#cached && this.#cached.until > Date.now()
      ? this.#cached.links
      : this.list();
  }

  /** Reads them. */
  async list(): Promise<TLink[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const collector = this.#collect();
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
    for await (const page of pages) page.forEach(collector.add);
    const links = collector.links();
    this.#cached = { until: Date.now() + CACHE_MS, links };
    return links;
  }

  /** The current state of one entity; `undefined` if it does not exist. */
  async find(entityRef: string): Promise<Entity | undefined> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    return this.#catalog.getEntityByRef(entityRef, { credentials });
  }
}

import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readSnykLink, type SnykLink } from './readSnykLink';

/** Webhooks come in bursts: the catalog is not read for each. */
const cacheMs = 60_000;

/** The components of the catalog that Snyk knows, read with the plugin's own credentials. */
export class SnykEntities {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #orgs: readonly string[];
  #cached: { until: number; links: SnykLink[] } | undefined;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    orgs: readonly string[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#orgs = options.orgs;
  }

  /** Reads them, or returns those read shortly before. */
  async cached(): Promise<SnykLink[]> {
    return this.#cached && this.#cached.until > Date.now()
      ? this.#cached.links
      : this.list();
  }

  /** Whether an entity is there and says nothing of Snyk; not so if what it says cannot be used. */
  async isUnlinked(entityRef: string): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return (
      entity !== undefined && readSnykLink(entity, this.#orgs) === undefined
    );
  }

  async list(): Promise<SnykLink[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const links: SnykLink[] = [];
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
        const link = readSnykLink(entity, this.#orgs);
        if (typeof link === 'object') links.push(link);
      }
    }
    this.#cached = { until: Date.now() + cacheMs, links };
    return links;
  }
}

import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogComponents } from '@cloudtrace/plugin-cloudtrace-node';
import { readSnykLink, type SnykLink } from './readSnykLink';

/** Finds the components of the catalog that have Snyk annotations. */
export class SnykEntities {
  readonly #components: CatalogComponents<SnykLink>;
  readonly #orgs: readonly string[];

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    orgs: readonly string[];
  }) {
    this.#orgs = options.orgs;
    this.#components = new CatalogComponents({
      ...options,
      collect: () => {
        const links: SnykLink[] = [];
        return {
          add: entity => {
            const link = readSnykLink(entity, options.orgs);
            if (typeof link === 'object') links.push(link);
          },
          links: () => links,
        };
      },
    });
  }

  /** Reads them from the catalog, or returns a recent result. */
  cached(): Promise<SnykLink[]> {
    return this.#components.cached();
  }

  list(): Promise<SnykLink[]> {
    return this.#components.list();
  }

  /** Whether an entity exists and has no Snyk annotations; false if its annotations are invalid. */
  async isUnlinked(entityRef: string): Promise<boolean> {
    const entity = await this.#components.find(entityRef);
    return (
      entity !== undefined && readSnykLink(entity, this.#orgs) === undefined
    );
  }
}

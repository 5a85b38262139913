import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { CatalogScopes } from './environments/CatalogScopes';
import { SELECT_REQUEST_ENVIRONMENTS } from './requests/database/selectRequestEnvironments';
import { SELECT_TOKEN_ENVIRONMENTS } from './tokens/database/selectTokenEnvironments';

/** How long a new component or annotation may stay unnoticed. */
const CACHE_MS = 60_000;

/** Creates the list of environments that providers and scan sources report on. */
export function createCatalogScopes(options: {
  catalog: CatalogService;
  auth: AuthService;
  knex: Knex;
}): CatalogScopes {
  return new CatalogScopes({
    ...options,
    cacheMs: CACHE_MS,
    knownEnvironments: [SELECT_REQUEST_ENVIRONMENTS, SELECT_TOKEN_ENVIRONMENTS],
  });
}

import type {
  AuthService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { EntityAccess } from './permissions/EntityAccess';
import { DefaultPlatformService } from './platform/DefaultPlatformService';
import { ServiceDirectory } from './platform/names/ServiceDirectory';
import type { PlatformService } from './platform/PlatformService';
import { PlatformTokens } from './platform/tokens/PlatformTokens';
import { UnknownServices } from './platform/UnknownServices';
import { SELECT_REQUEST_ENVIRONMENTS } from './requests/database/selectRequestEnvironments';
import type { TokensConfig } from './tokens/config';
import { SELECT_TOKEN_ENVIRONMENTS } from './tokens/database/selectTokenEnvironments';
import { createSecretHasher } from './tokens/hashSecret';

/** How often counts and last uses are written. */
const FLUSH_INTERVAL_MS = 10_000;

/** Tokens for many services, and what ingest needs to store their requests. */
export interface Platform {
  tokens: PlatformTokens;
  directory: ServiceDirectory;
  unknownServices: UnknownServices;
  service: PlatformService;
}

/** Creates platform tokens. */
export function createPlatform(options: {
  knex: Knex;
  /** A pool of its own for looking up tokens, if one is needed. */
  lookups?: Knex;
  config: TokensConfig;
  access: EntityAccess;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  lifecycle: LifecycleService;
}): Platform {
  const { config, lifecycle } = options;
  const hasher = createSecretHasher(config);
  const tokens = new PlatformTokens({
    ...options,
    lookups: options.lookups ?? options.knex,
    hasher,
  });
  const directory = new ServiceDirectory({
    ...options,
    knownEnvironments: [SELECT_REQUEST_ENVIRONMENTS, SELECT_TOKEN_ENVIRONMENTS],
  });
  const unknownServices = new UnknownServices(options);
  const flush = () => Promise.all([tokens.flush(), unknownServices.flush()]);
  const timer = setInterval(flush, FLUSH_INTERVAL_MS).unref();
  lifecycle.addShutdownHook(async () => {
    clearInterval(timer);
    await flush();
  });
  const service = new DefaultPlatformService({
    ...options,
    hasher,
    directory,
    tokens,
    flushCounts: unknownServices.flush,
    defaultExpiryDays: config.defaultExpiryDays,
  });
  return { tokens, directory, unknownServices, service };
}

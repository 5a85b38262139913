import type {
  AuditorService,
  AuthService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { TokensConfig } from '../config/readTokensConfig';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { EntityAccess } from '../permissions/EntityAccess';
import { AuthorizedTokenService } from './AuthorizedTokenService';
import { DatabaseTokenVerifier } from './DatabaseTokenVerifier';
import { DefaultTokenService } from './DefaultTokenService';
import { createSecretHasher } from './hashSecret';
import { OidcTokenVerifier } from './oidc/OidcTokenVerifier';
import type { TokenService, TokenVerifier } from './types';
import { CiUploads } from './uploads/CiUploads';
import { DefaultUploadAuthenticator } from './uploads/DefaultUploadAuthenticator';
import type { UploadAuthenticator } from './uploads/types';

/** How often last uses are written. */
const flushIntervalMs = 30_000;

/** Sets up ingest tokens, and CI tokens beside them. */
export function createTokens(options: {
  knex: Knex;
  config: TokensConfig;
  access: EntityAccess;
  environments: EnvironmentResolver;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  lifecycle: LifecycleService;
}): {
  service: TokenService;
  verifier: TokenVerifier;
  /** For uploads, which take CI tokens too. */
  uploads: UploadAuthenticator;
} {
  const { knex, config, access, logger, lifecycle } = options;
  const hasher = createSecretHasher(config.pepper);
  if (!config.pepper && process.env.NODE_ENV === 'production') {
    logger.warn(
      'cloudtrace.tokens.pepper is not set: ingest tokens are stored as hashes without a key',
    );
  }
  const verifier = new DatabaseTokenVerifier({ knex, hasher, logger });
  const service = new AuthorizedTokenService(
    new DefaultTokenService({
      knex,
      hasher,
      environments: options.environments,
      defaultExpiryDays: config.defaultExpiryDays,
      onRevoked: tokenId => verifier.forget(tokenId),
    }),
    access,
  );

  const flush = () =>
    verifier
      .flushUses()
      .catch(error =>
        logger.warn('Could not note the last use of ingest tokens', error),
      );
  const timer = setInterval(flush, flushIntervalMs).unref();
  lifecycle.addShutdownHook(async () => {
    clearInterval(timer);
    await flush();
  });
  const ci =
    config.oidc.length > 0
      ? new CiUploads({
          ...options,
          verifier: new OidcTokenVerifier({ providers: config.oidc, logger }),
        })
      : undefined;
  const uploads = new DefaultUploadAuthenticator({ tokens: verifier, ci });
  return { service, verifier, uploads };
}

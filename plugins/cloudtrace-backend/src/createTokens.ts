import type {
  AuditorService,
  AuthService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { TokensConfig } from './tokens/config';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import type { EntityAccess } from './permissions/EntityAccess';
import { AuthorizedTokenService } from './tokens/AuthorizedTokenService';
import { DatabaseTokenVerifier } from './tokens/DatabaseTokenVerifier';
import { DefaultTokenService } from './tokens/DefaultTokenService';
import { CatalogEntityUids } from './tokens/CatalogEntityUids';
import { createSecretHasher } from './tokens/hashSecret';
import { TokenRules } from './tokens/TokenRules';
import { OidcTokenVerifier } from './tokens/oidc/OidcTokenVerifier';
import type { TokenService, TokenVerifier } from './tokens/types';
import { CiUploads } from './tokens/uploads/CiUploads';
import { DefaultUploadAuthenticator } from './tokens/uploads/DefaultUploadAuthenticator';
import type { UploadAuthenticator } from './tokens/uploads/types';

/** How often the last use of tokens is written. */
const FLUSH_INTERVAL_MS = 30_000;

/** Creates ingest tokens and CI tokens. */
export function createTokens(options: {
  knex: Knex;
  /** A pool of its own for the table of tokens, if one is needed; closed at shutdown. */
  lookups?: Knex;
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
  /** For uploads, which also accept CI tokens. */
  uploads: UploadAuthenticator;
  /** For Diagnostics. */
  rules: TokenRules;
} {
  const { knex, config, access, logger, lifecycle } = options;
  const hasher = createSecretHasher(config);
  const rules = new TokenRules({ hasher });
  if (!config.pepper && process.env.NODE_ENV === 'production') {
    logger.warn(
      'cloudtrace.tokens.pepper is not set: ingest tokens are stored as hashes without a key',
    );
  }
  const verifier = new DatabaseTokenVerifier({
    knex: options.lookups ?? knex,
    hasher,
    rules,
    logger,
    uids: new CatalogEntityUids(options),
  });
  const service = new AuthorizedTokenService(
    new DefaultTokenService({
      knex,
      tokens: options.lookups,
      hasher,
      logger,
      environments: options.environments,
      rules,
      readUid: async (entityRef, credentials) =>
        (await access.getEntity(entityRef, credentials)).metadata.uid,
      defaultExpiryDays: config.defaultExpiryDays,
      onRevoked: tokenId => verifier.forget(tokenId),
    }),
    access,
  );

  const flush = () =>
    verifier
      .flushUses()
      .catch(error =>
        logger.warn('Could not record the last use of ingest tokens', error),
      );
  const timer = setInterval(flush, FLUSH_INTERVAL_MS).unref();
  lifecycle.addShutdownHook(async () => {
    clearInterval(timer);
    await flush();
    await options.lookups?.destroy();
  });
  const ci =
    config.oidc.length > 0
      ? new CiUploads({
          ...options,
          verifier: new OidcTokenVerifier({ providers: config.oidc, logger }),
        })
      : undefined;
  const uploads = new DefaultUploadAuthenticator({ tokens: verifier, ci });
  return { service, verifier, uploads, rules };
}

import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { OidcProviderConfig } from '../tokens/oidc/types';
import { readOidcConfig } from './readOidcConfig';

/** Settings of ingest tokens. */
export interface TokensConfig {
  /** Key of the tokens' hashes; absent means an unkeyed hash. */
  pepper?: string;
  /** How long a token lives if its creator says nothing. */
  defaultExpiryDays: number;
  /** Issuers of CI tokens that uploads may use. */
  oidc: OidcProviderConfig[];
}

/** Reads `cloudtrace.tokens`. */
export function readTokensConfig(config: Config): TokensConfig {
  const pepper = config.getOptionalString('cloudtrace.tokens.pepper');
  if (pepper !== undefined && pepper.length < 16) {
    throw new InputError(
      `cloudtrace.tokens.pepper must have at least 16 characters; make one with 'openssl rand -base64 32'`,
    );
  }
  const defaultExpiryDays =
    config.getOptionalNumber('cloudtrace.tokens.defaultExpiryDays') ?? 90;
  if (
    !Number.isInteger(defaultExpiryDays) ||
    defaultExpiryDays < 1 ||
    defaultExpiryDays > 730
  ) {
    throw new InputError(
      `cloudtrace.tokens.defaultExpiryDays must be a whole number from 1 to 730`,
    );
  }
  return { pepper, defaultExpiryDays, oidc: readOidcConfig(config) };
}

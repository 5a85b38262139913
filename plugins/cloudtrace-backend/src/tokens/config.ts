import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { OidcProviderConfig } from './oidc/types';
import { readOidcConfig } from './oidc/config';

/** Settings of ingest tokens. */
export interface TokensConfig {
  /** Key of the token hashes; absent means an unkeyed hash. */
  pepper?: string;
  /** Until when tokens created before the pepper work; absent means that they do not. */
  unpepperedUntil?: Date;
  /** Default lifetime of a token. */
  defaultExpiryDays: number;
  /** Issuers of CI tokens that uploads accept. */
  oidc: OidcProviderConfig[];
}

/** Reads `cloudtrace.tokens`. */
export function readTokensConfig(config: Config): TokensConfig {
  const pepper = config.getOptionalString('cloudtrace.tokens.pepper');
  if (pepper !== undefined && pepper.length < 16) {
    throw new InputError(
      `cloudtrace.tokens.pepper must have at least 16 characters; create one with 'openssl rand -base64 32'`,
    );
  }
  const unpepperedUntil = readUnpepperedUntil(config);
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
  return {
    pepper,
    unpepperedUntil,
    defaultExpiryDays,
    oidc: readOidcConfig(config),
  };
}

/** A date includes its whole day (UTC). */
function readUnpepperedUntil(config: Config): Date | undefined {
  const key = 'cloudtrace.tokens.unpepperedUntil';
  const text = config.getOptionalString(key);
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? new Date(`${text}T00:00:00Z`)
    : undefined;
  if (!day || !day.toJSON()?.startsWith(text)) {
    throw new InputError(
      `${key} must be a date such as 2027-01-31, not '${text}'`,
    );
  }
  return new Date(day.getTime() + 86_400_000);
}

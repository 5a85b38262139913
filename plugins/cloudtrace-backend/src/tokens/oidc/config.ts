import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { CLOUDTRACE_ANNOTATIONS } from '@cloudtrace/plugin-cloudtrace-common';
import type { OidcProviderConfig, OidcProviderKind } from './types';

const KEY = 'cloudtrace.tokens.oidc';

/** Without symmetric algorithms: with them, a public key could be used to sign. */
const asymmetric = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];

const defaults: Record<
  OidcProviderKind,
  {
    issuer?: string;
    jwksPath: string;
    repositoryClaim: string;
    refClaim: string;
    annotation: string;
  }
> = {
  github: {
    issuer: 'https://token.actions.githubusercontent.com',
    jwksPath: '/.well-known/jwks',
    repositoryClaim: 'repository',
    refClaim: 'ref',
    annotation: 'github.com/project-slug',
  },
  bitbucket: {
    // Each workspace has its own issuer.
    jwksPath: '/keys.json',
    repositoryClaim: 'repositoryUuid',
    refClaim: 'branchName',
    annotation: CLOUDTRACE_ANNOTATIONS.bitbucketRepositoryUuid,
  },
};

/** Reads `cloudtrace.tokens.oidc`; empty if absent. */
export function readOidcConfig(config: Config): OidcProviderConfig[] {
  const providers = (config.getOptionalConfigArray(KEY) ?? []).map(readOne);
  providers.forEach((one, i) => {
    for (const other of providers.slice(0, i)) {
      if (other.issuer === one.issuer) {
        throw new InputError(
          `${KEY}[${i}].issuer '${one.issuer}' is listed twice; list several audiences in one entry`,
        );
      }
      // Names such as acme/shop are unique only within one GitHub server.
      const shared = one.annotations.find(a => other.annotations.includes(a));
      if (shared && one.provider === 'github' && other.provider === 'github') {
        throw new InputError(
          `${KEY}[${i}].annotations has '${shared}', which another issuer also uses, so their repositories could be confused; give each issuer its own annotation`,
        );
      }
    }
  });
  return providers;
}

function readOne(config: Config, i: number): OidcProviderConfig {
  const at = `${KEY}[${i}]`;
  const provider = config.getString('provider');
  if (provider !== 'github' && provider !== 'bitbucket') {
    throw new InputError(
      `${at}.provider must be 'github' or 'bitbucket', not '${provider}'`,
    );
  }
  const preset = defaults[provider];
  const issuer = config.getOptionalString('issuer') ?? preset.issuer;
  if (!issuer) {
    throw new InputError(
      `${at}.issuer is missing: it is the identity provider URL on the page 'OpenID Connect' of the repository settings`,
    );
  }
  readUrl(issuer, `${at}.issuer`);
  const audiences = readList(config, 'audience', at);
  if (!audiences) {
    throw new InputError(
      `${at}.audience is missing: without it, tokens issued for another service would be accepted`,
    );
  }
  const algorithms = readList(config, 'algorithms', at) ?? ['RS256'];
  const wrong = algorithms.find(name => !asymmetric.includes(name));
  if (wrong !== undefined) {
    throw new InputError(
      `${at}.algorithms has '${wrong}'; allowed: ${asymmetric.join(', ')}`,
    );
  }
  return {
    provider,
    issuer,
    audiences,
    algorithms,
    jwksUri: readUrl(
      config.getOptionalString('jwksUri') ??
        `${issuer.replace(/\/$/, '')}${preset.jwksPath}`,
      `${at}.jwksUri`,
    ),
    repositoryClaim:
      config.getOptionalString('repositoryClaim') ?? preset.repositoryClaim,
    refClaim: config.getOptionalString('refClaim') ?? preset.refClaim,
    annotations: readList(config, 'annotations', at) ?? [preset.annotation],
    refs: readList(config, 'refs', at),
  };
}

/** Reads a string, or a non-empty list of strings. */
function readList(config: Config, name: string, at: string) {
  const value = config.getOptional(name);
  if (value === undefined) return undefined;
  const list =
    typeof value === 'string'
      ? [config.getString(name)]
      : config.getStringArray(name);
  if (list.length === 0) {
    throw new InputError(`${at}.${name} must not be an empty list`);
  }
  return list;
}

function readUrl(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local =
    url?.protocol === 'http:' &&
    ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !local)) {
    throw new InputError(`${where} must be an https URL, not '${text}'`);
  }
  return url;
}

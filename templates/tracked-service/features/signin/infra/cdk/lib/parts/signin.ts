import { Annotations } from 'aws-cdk-lib';
import { integer, isStrings, matches, type Check } from '../settings/checks.ts';
import { SignIn } from '../SignIn.ts';
import type { Part } from './Part.ts';

/** Settings of the sign-in at the load balancer. The addresses are in the discovery document of the identity provider. */
export interface SignInSettings {
  /**
   * Issuer of the identity provider.
   * @default "https://idp.example.com"
   */
  readonly signInIssuer: string;
  /**
   * Where browsers sign in.
   * @default "https://idp.example.com/authorize"
   */
  readonly signInAuthorizationEndpoint: string;
  /**
   * Where the load balancer exchanges codes.
   * @default "https://idp.example.com/token"
   */
  readonly signInTokenEndpoint: string;
  /**
   * Where the load balancer reads who signed in.
   * @default "https://idp.example.com/userinfo"
   */
  readonly signInUserInfoEndpoint: string;
  /**
   * Client of the identity provider. Its secret is in Secrets Manager.
   * @default "replace-this-client"
   */
  readonly signInClientId: string;
  /**
   * Version of the client's secret. A new value makes the load balancer read the secret again; empty for the current one.
   * @default ""
   */
  readonly signInSecretVersion: string;
  /**
   * Scopes to ask for, separated by spaces.
   * @default "openid"
   */
  readonly signInScope: string;
  /**
   * How long a user stays signed in.
   * @default 43200
   */
  readonly signInSessionSeconds: number;
  /**
   * Paths that machines call without signing in, such as `/webhooks/*`. The service must check these callers itself.
   * @default []
   */
  readonly signInExemptPaths: string[];
  /**
   * IPv4 networks whose requests need no sign-in, such as that of a load test.
   * @default []
   */
  readonly signInExemptNetworks: string[];
}

declare module '../settings/ServiceSettings.ts' {
  interface ServiceSettings extends SignInSettings {}
}

const DEFAULTS: SignInSettings = {
  signInIssuer: 'https://idp.example.com',
  signInAuthorizationEndpoint: 'https://idp.example.com/authorize',
  signInTokenEndpoint: 'https://idp.example.com/token',
  signInUserInfoEndpoint: 'https://idp.example.com/userinfo',
  signInClientId: 'replace-this-client',
  signInSecretVersion: '',
  signInScope: 'openid',
  signInSessionSeconds: 43_200,
  signInExemptPaths: [],
  signInExemptNetworks: [],
};

/** AWS accepts five values in the conditions of a rule. */
const upToFive =
  (pattern: RegExp, reason: string): Check =>
  value =>
    isStrings(value) &&
    value.length <= 5 &&
    value.every(item => pattern.test(item))
      ? undefined
      : reason;

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
// The load balancer may connect to port 443 only.
const fetched = matches(
  /^https:\/\/[^/ ?#:]+\/[^ ?#]*$/,
  'must be a full https:// address with its path, on port 443',
);

const CHECKS: Record<keyof SignInSettings, Check> = {
  signInIssuer: matches(
    /^https:\/\/[^/ ?#]+[^ ?#]*$/,
    'must be an https:// address',
  ),
  signInAuthorizationEndpoint: matches(
    /^https:\/\/[^/ ?#]+\/[^ ?#]*$/,
    'must be a full https:// address with its path',
  ),
  signInTokenEndpoint: fetched,
  signInUserInfoEndpoint: fetched,
  signInClientId: matches(
    /^[!-~]+$/,
    'must be the identifier of a client, without spaces',
  ),
  signInSecretVersion: matches(
    /^([A-Za-z0-9-]{32,64})?$/,
    'must be a version id of Secrets Manager (32 to 64 letters, digits and hyphens) or empty',
  ),
  signInScope: matches(/(^| )openid( |$)/, 'must contain openid'),
  signInSessionSeconds: integer(60, 604_800),
  signInExemptPaths: upToFive(
    /^\/[A-Za-z0-9][A-Za-z0-9._~/-]{0,120}\*?$/,
    'may list up to five paths such as /webhooks/*, but not all paths',
  ),
  signInExemptNetworks: upToFive(
    new RegExp(`^${OCTET}(\\.${OCTET}){3}/([89]|[12]\\d|3[0-2])$`),
    'may list up to five IPv4 networks with a prefix length from 8 to 32, such as 203.0.113.0/24',
  ),
};

/** Sign-in at the load balancer with an OpenID Connect provider: docs/sign-in.md. */
export const signin: Part = {
  settings: { defaults: { ...DEFAULTS }, checks: CHECKS },

  createBeforeService({ stack, fullName, settings, loadBalancer }) {
    if (
      settings.signInIssuer.includes('idp.example.com') ||
      settings.signInClientId === DEFAULTS.signInClientId
    ) {
      Annotations.of(stack).addWarningV2(
        'tracked-service:placeholderIdentityProvider',
        'The identity provider is still the placeholder: nobody can sign in (docs/sign-in.md)',
      );
    }
    const { secretName } = new SignIn({ fullName, settings, loadBalancer });
    return {
      // Session cookie and claims come with each request, and can exceed Node's limit of 16 KiB for headers.
      environment: {
        NODE_OPTIONS: '--enable-source-maps --max-http-header-size=65536',
      },
      outputs: { SignInSecret: secretName },
    };
  },
};

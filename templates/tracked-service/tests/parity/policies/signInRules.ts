import type {
  EntryModel,
  InfrastructureModel,
  ListenerRuleModel,
} from '../InfrastructureModel';
import { answerOf } from './answerOf';
import { rule, type Rule } from './Rule';

const AUTHENTICATE =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html';
const ACTIONS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html';
const CONFIG =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html';
const CONDITIONS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html';
const QUOTAS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html';

/** Seven days. */
const LONGEST_SESSION_SECONDS = 604_800;
const ENDPOINTS = [
  'Issuer',
  'AuthorizationEndpoint',
  'TokenEndpoint',
  'UserInfoEndpoint',
];

/** Sign-in at the load balancer, if the service has it. */
export const signInRules: readonly Rule[] = [
  rule(
    AUTHENTICATE,
    'AWS accepts sign-in on HTTPS listeners only',
    everySignIn(({ port }) => port === 443),
  ),
  rule(
    ACTIONS,
    'a rule does not sign in once, and then forward',
    everySignIn(
      ({ actions }) =>
        actions.length === 2 &&
        actions[0].startsWith('authenticate-oidc ') &&
        actions[1] === 'forward',
    ),
  ),
  rule(
    CONFIG,
    'a rule lets users pass that have not signed in',
    everySignIn(({ signIn }) =>
      ['authenticate', 'deny'].includes(
        String(signIn!.OnUnauthenticatedRequest),
      ),
    ),
  ),
  rule(
    AUTHENTICATE,
    'some requests need no sign-in',
    ({ entry }) =>
      !signsIn(entry) ||
      ['/', '/api/orders', '/requests'].every(path =>
        answerOf(entry, path)?.[0].startsWith('authenticate-oidc '),
      ),
  ),
  rule(
    CONFIG,
    'scripts and machines are redirected to a page',
    ({ entry }) =>
      !signsIn(entry) || answerOf(entry, '/')?.[0] === 'authenticate-oidc deny',
  ),
  rule(
    CONFIG,
    'pages do not lead to the identity provider',
    ({ entry }) =>
      !signsIn(entry) ||
      entry.rules.some(
        ({ only, paths, actions }) =>
          only.join() === 'Sec-Fetch-Mode: navigate' &&
          paths.join() === '/*' &&
          actions[0] === 'authenticate-oidc authenticate',
      ),
  ),
  rule(
    CONDITIONS,
    'everybody is exempt from sign-in',
    ({ entry }) => !signsIn(entry) || exemptions(entry).every(isNarrow),
  ),
  rule(QUOTAS, 'a rule has more than five values', ({ entry }) =>
    entry.rules.every(({ paths, only }) => paths.length + only.length <= 5),
  ),
  rule(
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html',
    'the client secret of the sign-in is in the code',
    everySignIn(({ signIn }) =>
      /^\{\{resolve:secretsmanager:[^:]+:SecretString:::[^:]*\}\}$/.test(
        String(signIn!.ClientSecret),
      ),
    ),
  ),
  rule(
    CONFIG,
    'an address of the identity provider is not HTTPS',
    everySignIn(({ signIn }) =>
      ENDPOINTS.every(name => String(signIn![name]).startsWith('https://')),
    ),
  ),
  rule(
    'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
    'sign-in does not ask for the scope openid',
    everySignIn(({ signIn }) =>
      String(signIn!.Scope).split(' ').includes('openid'),
    ),
  ),
  rule(
    CONFIG,
    'a session lasts longer than AWS accepts',
    everySignIn(
      ({ signIn }) => Number(signIn!.SessionTimeout) <= LONGEST_SESSION_SECONDS,
    ),
  ),
  rule(
    AUTHENTICATE,
    'the load balancer cannot reach the identity provider',
    model => !signsIn(model.entry) || reachesProvider(model),
  ),
  rule(
    'EC2.18',
    'the load balancer may connect to the internet without sign-in',
    model => signsIn(model.entry) || !reachesProvider(model),
  ),
];

function signsIn({ rules }: EntryModel): boolean {
  return rules.some(({ signIn }) => signIn !== null);
}

/** Checks each rule that signs in. */
function everySignIn(holds: (signingIn: ListenerRuleModel) => boolean) {
  return ({ entry }: InfrastructureModel) =>
    entry.rules.filter(({ signIn }) => signIn !== null).every(holds);
}

/** Rules that forward without sign-in. */
function exemptions({ rules }: EntryModel): ListenerRuleModel[] {
  return rules.filter(({ actions }) => actions.join() === 'forward');
}

function isNarrow({ paths, only }: ListenerRuleModel): boolean {
  return (
    paths.length + only.length > 0 &&
    !paths.some(path => /^\/?\*/.test(path)) &&
    !only.some(condition => /\/[0-7]$/.test(condition))
  );
}

function reachesProvider({ connections }: InfrastructureModel): boolean {
  return connections.includes('out load-balancer -> internet tcp 443');
}

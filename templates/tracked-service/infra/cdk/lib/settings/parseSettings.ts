import { COMPUTE_CHECKS } from '../compute/ComputeSettings.ts';
import { PARTS } from '../parts/parts.ts';
import {
  emptyOr,
  flag,
  integer,
  isStrings,
  matches,
  oneOf,
  type Check,
} from './checks.ts';
import {
  DEFAULT_SETTINGS,
  type CommonSettings,
  type ServiceSettings,
} from './ServiceSettings.ts';

/** Merges the given values with defaults, and validates the result in the same way as the Terraform variables. */
export function parseSettings(
  values: Record<string, unknown>,
): ServiceSettings {
  const parts = PARTS.flatMap(part => part.settings ?? []);
  const checks: Record<string, Check> = Object.assign(
    { ...CHECKS },
    ...parts.map(part => part.checks),
  );
  // Not proven until every check has passed.
  const settings = {
    ...DEFAULT_SETTINGS,
    ...Object.assign({}, ...parts.map(part => part.defaults)),
    ...values,
  } as unknown as ServiceSettings;
  const unknown = Object.keys(values).filter(key => !(key in checks));
  const problems = [
    ...unknown.map(key => `${key}: unknown setting`),
    ...Object.entries(checks).flatMap(([key, check]) => {
      const value: unknown = settings[key as keyof ServiceSettings];
      const problem = check(value, settings);
      return problem
        ? [`${key} ${problem}, but is ${JSON.stringify(value) ?? 'missing'}`]
        : [];
    }),
  ];
  if (problems.length > 0) {
    throw new Error(
      `The settings in config/ are not valid:\n- ${problems.join('\n- ')}`,
    );
  }
  return settings;
}

const image: Check = value =>
  typeof value === 'string' &&
  /^[a-z0-9][\w./-]*(:\d+\/[\w./-]+)?(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/.test(
    value,
  ) &&
  !value.endsWith(':latest')
    ? undefined
    : 'must be an image reference with an immutable tag or a digest (not :latest), set with -c image=…';

const zones: Check = (value, { region }) =>
  isStrings(value) &&
  value.length >= 2 &&
  value.length <= 3 &&
  new Set(value).size === value.length &&
  value.every(
    zone => zone.startsWith(region) && zone.length === region.length + 1,
  )
    ? undefined
    : `must name two or three different zones of ${region}`;

const PRIVATE_NETWORK =
  /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){1,3}\/\d{1,2}$/;
const databaseClientCidrs: Check = value =>
  isStrings(value) && value.every(range => PRIVATE_NETWORK.test(range))
    ? undefined
    : 'may list private IPv4 networks only, such as 10.7.0.0/24';

const maxSize: Check = (value, settings) =>
  integer(settings.minSize, 100)(value, settings);

const vaultAddress: Check = (value, { secretsBackend }) =>
  secretsBackend !== 'vault' ||
  (typeof value === 'string' && /^https:\/\/[^/ ]+/.test(value))
    ? undefined
    : 'must be an https:// address when secretsBackend is vault';

const portalExternalId: Check = (value, { portalAccountId }) =>
  portalAccountId === '' ||
  (typeof value === 'string' && /^[A-Za-z0-9+=,.@:/-]{8,200}$/.test(value))
    ? undefined
    : 'must be 8 to 200 characters (letters, digits, + = , . @ : / -) when portalAccountId is set';

/** One check per common setting: a missing or additional entry is a compile error. */
const CHECKS: Record<keyof CommonSettings, Check> = {
  name: matches(
    /^(?=.{3,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be 3 to 40 lower-case letters, digits and single hyphens',
  ),
  entityRef: matches(
    /^[a-z]+:[a-z0-9-]+\/[a-zA-Z0-9._-]+$/,
    'must be a full entity reference such as component:default/orders',
  ),
  environment: matches(
    /^[a-z][a-z0-9-]{1,15}$/,
    'must be 2 to 16 lower-case letters, digits and hyphens',
  ),
  image,
  region: matches(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'must be an AWS region name such as eu-central-1',
  ),
  zones,
  vpcCidr: matches(
    /^(\d{1,3}\.){3}\d{1,3}\/16$/,
    'must be an IPv4 range with prefix length 16',
  ),
  natGatewayPerZone: flag,
  flowLogsEnabled: flag,
  logRetentionDays: oneOf(
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
  ),
  certificateArn: matches(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    'must be the ARN of an ACM certificate (request one in ACM and put its ARN into config/environments/<environment>.json)',
  ),
  hostName: matches(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'must be a DNS name such as orders.example.org',
  ),
  hostedZoneId: emptyOr(
    matches(/^Z[A-Z0-9]{5,31}$/, 'must be a Route 53 zone id or empty'),
  ),
  loadBalancerInternal: flag,
  clientCidr: matches(
    PRIVATE_NETWORK,
    'must be a private IPv4 network, such as 10.0.0.0/8',
  ),
  idleTimeoutSeconds: integer(1, 74),
  deregistrationDelaySeconds: integer(30, 3600),
  ...COMPUTE_CHECKS,
  minSize: integer(1, 100),
  maxSize,
  scalingPolicy: oneOf('step-cpu', 'target-tracking', 'active-users'),
  activeUsersPerInstance: integer(1, 1_000_000),
  spotEnabled: flag,
  databaseInstanceClass: matches(
    /^db\.[a-z0-9]+\.[a-z0-9]+$/,
    'must be an RDS class such as db.t4g.small',
  ),
  databaseStorageGb: integer(20, 10_000),
  databaseBackupDays: integer(1, 35),
  databaseClientCidrs,
  deletionProtection: flag,
  secretsBackend: oneOf('secrets-manager', 'vault'),
  vaultAddress,
  alarmEmail: emptyOr(
    matches(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'must be an e-mail address or empty'),
  ),
  otlpEndpoint: emptyOr(
    matches(
      /^https:\/\/\S+$/,
      'must be an https:// address on port 443 or empty',
    ),
  ),
  portalAccountId: emptyOr(
    matches(/^\d{12}$/, 'must be a 12-digit AWS account id or empty'),
  ),
  portalExternalId,
};

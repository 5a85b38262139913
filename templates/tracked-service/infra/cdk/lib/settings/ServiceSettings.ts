import {
  DEFAULT_COMPUTE_SETTINGS,
  type ComputeSettings,
} from '../compute/ComputeSettings.ts';

/** What drives the number of instances. */
export type ScalingPolicy = 'step-cpu' | 'target-tracking' | 'active-users';

/** Where the service gets its database password. */
export type SecretsBackend = 'secrets-manager' | 'vault';

/** Settings that every service has. */
export interface CommonSettings extends ComputeSettings {
  /** Name of the service: prefix of resource names. 3 to 40 lower-case letters, digits and single hyphens. */
  readonly name: string;
  /** Catalog entity, written to the tag `cloudtrace:entity-ref` of every resource, such as `component:default/orders`. */
  readonly entityRef: string;
  /** Environment of the stack: one of the files in `config/environments`. */
  readonly environment: string;
  /** Container image by digest or immutable tag. */
  readonly image: string;

  /** AWS region. */
  readonly region: string;
  /** Two or three availability zones of the region. Each gets a public, a private and a data subnet. */
  readonly zones: string[];
  /**
   * Private address range of the VPC, a /16.
   * @default "10.40.0.0/16"
   */
  readonly vpcCidr: string;
  /**
   * One NAT gateway in each zone, so that the loss of a zone does not disconnect the others.
   * @default true
   */
  readonly natGatewayPerZone: boolean;
  /**
   * Record accepted and rejected connections of the VPC in CloudWatch Logs.
   * @default true
   */
  readonly flowLogsEnabled: boolean;
  /**
   * How long CloudWatch keeps log lines, in days.
   * @default 30
   */
  readonly logRetentionDays: number;

  /** ACM certificate of the HTTPS listener, in the same region. */
  readonly certificateArn: string;
  /** DNS name of the service; the certificate must cover it. */
  readonly hostName: string;
  /**
   * Route 53 hosted zone in which to create `hostName`; empty if DNS is managed elsewhere.
   * @default ""
   */
  readonly hostedZoneId: string;
  /**
   * Give the load balancer private addresses only: clients connect from `clientCidr`, never from the internet.
   * @default false
   */
  readonly loadBalancerInternal: boolean;
  /**
   * Private network from which clients of an internal load balancer connect: the VPC and networks connected to it.
   * @default "10.0.0.0/8"
   */
  readonly clientCidr: string;
  /**
   * When the load balancer closes a connection without data. Below the 75 s of the service (`src/http/createServer.ts`):
   * it must not reuse a connection that the service has just closed.
   * @default 60
   */
  readonly idleTimeoutSeconds: number;
  /**
   * How long an instance that leaves may finish its requests. WebSockets never finish by themselves: they last as long.
   * @default 60
   */
  readonly deregistrationDelaySeconds: number;

  /**
   * Minimum number of instances in service.
   * @default 2
   */
  readonly minSize: number;
  /**
   * Maximum number of instances in service.
   * @default 6
   */
  readonly maxSize: number;
  /**
   * `step-cpu` (out at 70 %, in at 30 %), `target-tracking` (keeps CPU at 50 %) or `active-users` (keeps
   * `activeUsersPerInstance`).
   * @default "step-cpu"
   */
  readonly scalingPolicy: ScalingPolicy;
  /**
   * Active users per instance that active-users scaling keeps: users of the whole service divided by the instances in
   * service.
   * @default 4
   */
  readonly activeUsersPerInstance: number;
  /**
   * Run the instances above `minSize` as spot instances.
   * @default false
   */
  readonly spotEnabled: boolean;

  /**
   * RDS instance class of primary and standby.
   * @default "db.t4g.small"
   */
  readonly databaseInstanceClass: string;
  /**
   * Initial storage of the database, in GiB. It grows automatically up to five times as much.
   * @default 20
   */
  readonly databaseStorageGb: number;
  /**
   * Days of point-in-time recovery.
   * @default 7
   */
  readonly databaseBackupDays: number;
  /**
   * Private networks besides the service's own instances that may connect to the database, such as Vault's. The route
   * to them (peering or transit gateway) is not created here.
   * @default []
   */
  readonly databaseClientCidrs: string[];
  /**
   * Prevent deletion of the database and the load balancer.
   * @default true
   */
  readonly deletionProtection: boolean;

  /**
   * `secrets-manager` (RDS-managed secret) or `vault` (short-lived credentials).
   * @default "secrets-manager"
   */
  readonly secretsBackend: SecretsBackend;
  /**
   * HTTPS address of HashiCorp Vault; required if `secretsBackend` is `vault`.
   * @default ""
   */
  readonly vaultAddress: string;

  /**
   * Address that receives alarms; empty for none.
   * @default ""
   */
  readonly alarmEmail: string;
  /**
   * Base URL that the service sends its traces to (OTLP over HTTP); empty sends none.
   * @default ""
   */
  readonly otlpEndpoint: string;
  /**
   * AWS account of the developer portal; empty creates no role for it.
   * @default ""
   */
  readonly portalAccountId: string;
  /**
   * External id that the portal must present; required if `portalAccountId` is set.
   * @default ""
   */
  readonly portalExternalId: string;
}

/**
 * All settings that differ between services and environments. `config/service.json` has the values of the service;
 * those of one environment in `config/environments/<environment>.json` take precedence; the command line sets `image`.
 * An optional part adds its own, see `lib/parts`.
 */
export interface ServiceSettings extends CommonSettings {}

/** Settings that a service and its environment may omit. */
export const DEFAULT_SETTINGS: Partial<CommonSettings> = {
  vpcCidr: '10.40.0.0/16',
  natGatewayPerZone: true,
  flowLogsEnabled: true,
  logRetentionDays: 30,
  hostedZoneId: '',
  loadBalancerInternal: false,
  clientCidr: '10.0.0.0/8',
  idleTimeoutSeconds: 60,
  deregistrationDelaySeconds: 60,
  ...DEFAULT_COMPUTE_SETTINGS,
  minSize: 2,
  maxSize: 6,
  scalingPolicy: 'step-cpu',
  activeUsersPerInstance: 4,
  spotEnabled: false,
  databaseInstanceClass: 'db.t4g.small',
  databaseStorageGb: 20,
  databaseBackupDays: 7,
  databaseClientCidrs: [],
  deletionProtection: true,
  secretsBackend: 'secrets-manager',
  vaultAddress: '',
  alarmEmail: '',
  otlpEndpoint: '',
  portalAccountId: '',
  portalExternalId: '',
};

/** What drives the number of instances. */
export type ScalingPolicy = 'step-cpu' | 'target-tracking' | 'active-users';

/** Where the service gets its database password. */
export type SecretsBackend = 'secrets-manager' | 'vault';

/**
 * Everything that differs between services and environments. `config/service.json` gives the values of the service,
 * `config/environments/<environment>.json` those of one environment, which win; the command line gives `image`.
 */
export interface ServiceSettings {
  /** Name of the service: prefix of resource names. 3 to 40 lower-case letters, digits and single hyphens. */
  readonly name: string;
  /** Catalog entity, written to the tag `cloudtrace:entity-ref` of every resource, such as `component:default/orders`. */
  readonly entityRef: string;
  /** Environment that the stack describes: one of the files in `config/environments`. */
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
   * One NAT gateway in each zone, so that the loss of a zone does not cut the others off.
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
  /** DNS name under which the service is reached; the certificate must cover it. */
  readonly hostName: string;
  /**
   * Route 53 hosted zone in which to create `hostName`; empty when DNS is managed elsewhere.
   * @default ""
   */
  readonly hostedZoneId: string;
  /**
   * AWS WAF with the managed common rules and a rate limit per address in front of the load balancer.
   * @default false
   */
  readonly wafEnabled: boolean;

  /**
   * x86_64 instance types in order of preference.
   * @default ["t3.small", "t3a.small"]
   */
  readonly instanceTypes: string[];
  /**
   * Fewest instances in service.
   * @default 2
   */
  readonly minSize: number;
  /**
   * Most instances in service.
   * @default 6
   */
  readonly maxSize: number;
  /**
   * `step-cpu` (70 % up, 30 % down), `target-tracking` (CPU held at 50 %) or `active-users` (`activeUsersPerInstance` held).
   * @default "step-cpu"
   */
  readonly scalingPolicy: ScalingPolicy;
  /**
   * Active users per instance that active-users scaling holds: users of the whole service over the instances in service.
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
   * Storage the database starts with, in GiB. It grows by itself to five times as much.
   * @default 20
   */
  readonly databaseStorageGb: number;
  /**
   * Days of point-in-time recovery.
   * @default 7
   */
  readonly databaseBackupDays: number;
  /**
   * Private networks besides the service's own instances that may connect to the database, such as the one Vault runs in
   * (the route to them, peering or transit gateway, is not made here).
   * @default []
   */
  readonly databaseClientCidrs: string[];
  /**
   * Refuse to delete the database and the load balancer.
   * @default true
   */
  readonly deletionProtection: boolean;
  /**
   * Valkey cache (ElastiCache) with a replica in a second zone.
   * @default false
   */
  readonly cacheEnabled: boolean;
  /**
   * ElastiCache node type of primary and replica.
   * @default "cache.t4g.micro"
   */
  readonly cacheNodeType: string;

  /**
   * `secrets-manager` (RDS-managed secret) or `vault` (short-lived credentials).
   * @default "secrets-manager"
   */
  readonly secretsBackend: SecretsBackend;
  /**
   * HTTPS address of HashiCorp Vault; needed when `secretsBackend` is `vault`.
   * @default ""
   */
  readonly vaultAddress: string;

  /**
   * Download agents: HTTP API, queue, ECS Fargate service and S3 bucket.
   * @default false
   */
  readonly fargateClientsEnabled: boolean;
  /**
   * Most download agents at once; one always runs.
   * @default 4
   */
  readonly fargateClientsMax: number;

  /**
   * Address that receives alarms; empty for none.
   * @default ""
   */
  readonly alarmEmail: string;
  /**
   * Base address to which the service sends its traces (OTLP over HTTP); empty sends none.
   * @default ""
   */
  readonly otlpEndpoint: string;
  /**
   * AWS account the developer portal runs in; empty creates no role for it.
   * @default ""
   */
  readonly portalAccountId: string;
  /**
   * External id the portal must present; needed when `portalAccountId` is set.
   * @default ""
   */
  readonly portalExternalId: string;
}

/** The settings that a service and its environment may leave out. */
export const DEFAULT_SETTINGS: Partial<ServiceSettings> = {
  vpcCidr: '10.40.0.0/16',
  natGatewayPerZone: true,
  flowLogsEnabled: true,
  logRetentionDays: 30,
  hostedZoneId: '',
  wafEnabled: false,
  instanceTypes: ['t3.small', 't3a.small'],
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
  cacheEnabled: false,
  cacheNodeType: 'cache.t4g.micro',
  secretsBackend: 'secrets-manager',
  vaultAddress: '',
  fargateClientsEnabled: false,
  fargateClientsMax: 4,
  alarmEmail: '',
  otlpEndpoint: '',
  portalAccountId: '',
  portalExternalId: '',
};

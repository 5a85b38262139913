import {
  EVERY_PART,
  type ComputeChoice,
  type InfrastructureAnswers,
} from '../copyInfrastructure';

/** Settings of one environment with their CDK names; Terraform's are the same in snake case. */
export type Settings = Readonly<Record<string, unknown>>;

const BASE: Settings = {
  name: 'orders',
  entityRef: 'component:default/orders',
  environment: 'production',
  region: 'eu-central-1',
  zones: ['eu-central-1a', 'eu-central-1b'],
  image: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0',
  certificateArn:
    'arn:aws:acm:eu-central-1:111111111111:certificate/11111111-2222-3333-4444-555555555555',
  hostName: 'orders.example.org',
};

/** Answers of the form with the settings of one environment. */
export interface OptionSet {
  readonly name: string;
  readonly answers: InfrastructureAnswers;
  readonly settings: Settings;
  /** The reviewed template of the CDK, without its compute's prefix. */
  readonly snapshot?: string;
}

/** The defaults. */
const DEFAULTS: OptionSet = {
  name: 'the defaults',
  answers: {},
  settings: BASE,
  snapshot: 'defaults.json',
};

/** All that a service can have. */
export const EVERYTHING_ON: OptionSet = {
  name: 'everything on, three zones, active users, spot',
  answers: EVERY_PART,
  snapshot: 'everything-on.json',
  settings: {
    ...BASE,
    zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    scalingPolicy: 'active-users',
    activeUsersPerInstance: 6,
    spotEnabled: true,
    alarmEmail: 'team@example.org',
    hostedZoneId: 'Z0123456789ABC',
    otlpEndpoint: 'https://portal.example.org/api/cloudtrace/otlp',
    portalAccountId: '222222222222',
    portalExternalId: 'cloudtrace-orders',
    signInIssuer: 'https://idp.example.org',
    signInAuthorizationEndpoint: 'https://idp.example.org/authorize',
    signInTokenEndpoint: 'https://idp.example.org/token',
    signInUserInfoEndpoint: 'https://idp.example.org/userinfo',
    signInClientId: 'orders',
    signInExemptPaths: ['/webhooks/*'],
    signInExemptNetworks: ['203.0.113.0/24'],
  },
};

/** A starter that needs a broker. */
export const WITH_BROKER: OptionSet = {
  name: 'a starter that needs a broker, three zones',
  answers: { starter: 'notifications' },
  snapshot: 'broker.json',
  settings: {
    ...BASE,
    zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    otlpEndpoint: 'https://portal.example.org/api/cloudtrace/otlp',
    brokerInstanceType: 'kafka.m7g.large',
    brokerStorageGb: 200,
    redisNodeType: 'cache.t4g.small',
    workerMinSize: 3,
    workerMaxSize: 9,
  },
};

/** Sets in which every option has each of its values at least once. */
const OPTION_SETS: readonly OptionSet[] = [
  DEFAULTS,
  EVERYTHING_ON,
  WITH_BROKER,
  {
    name: 'target tracking, Vault, one NAT gateway, no flow logs, a long name',
    answers: { cache: 'valkey', signIn: true },
    settings: {
      ...BASE,
      name: 'a-service-with-a-long-name',
      entityRef: 'component:default/a-service-with-a-long-name',
      environment: 'staging',
      scalingPolicy: 'target-tracking',
      secretsBackend: 'vault',
      vaultAddress: 'https://vault.example.org',
      databaseClientCidrs: ['10.7.0.0/24'],
      loadBalancerInternal: true,
      clientCidr: '10.0.0.0/8',
      idleTimeoutSeconds: 30,
      deregistrationDelaySeconds: 30,
      natGatewayPerZone: false,
      flowLogsEnabled: false,
      deletionProtection: false,
      minSize: 1,
      maxSize: 3,
      instanceTypes: ['m7i.large'],
      databaseInstanceClass: 'db.m7g.large',
      databaseStorageGb: 100,
      databaseBackupDays: 1,
      logRetentionDays: 7,
      vpcCidr: '10.99.0.0/16',
      cacheNodeType: 'cache.m7g.large',
      signInSecretVersion: '11111111-2222-3333-4444-555555555555',
      signInScope: 'openid email',
      signInSessionSeconds: 3600,
    },
  },
];

/** The settings as Terraform variables. */
export function terraformVariables(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** The sets that a compute understands, in its own words. */
export function optionSetsFor(compute: ComputeChoice): OptionSet[] {
  return OPTION_SETS.map(
    ({ answers, settings: { instanceTypes, ...settings }, ...set }) => ({
      ...set,
      answers: { ...answers, compute },
      settings: {
        ...settings,
        // Without a way to the cluster, Terraform makes no plan.
        ...(compute === 'kubernetes' && {
          clusterPrivateAccessCidrs: ['10.7.0.0/24'],
        }),
        ...(instanceTypes !== undefined && sizesFor(compute, instanceTypes)),
      },
    }),
  );
}

/** Other sizes than the defaults of a compute, and its other settings. */
function sizesFor(compute: ComputeChoice, instanceTypes: unknown): Settings {
  switch (compute) {
    case 'asg':
      return { instanceTypes };
    case 'ecs':
      return { taskCpu: 1024, taskMemoryMb: 4096 };
    default:
      return {
        nodeInstanceTypes: instanceTypes,
        nodeMinSize: 2,
        nodeMaxSize: 5,
        kubernetesVersion: '1.36',
        clusterPublicAccessCidrs: ['203.0.113.0/24'],
        clusterPrivateAccessCidrs: ['10.7.0.0/24'],
        clusterAdminRoleArns: ['arn:aws:iam::111111111111:role/admins'],
      };
  }
}

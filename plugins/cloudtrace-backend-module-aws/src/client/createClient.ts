import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { RDSClient } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AwsCommand, AwsService } from '../calls/AwsCall';
import type { AwsConfig } from '../config/types';
import type { AwsIdentity } from './AccountIdentity';
import { limitResponseSize } from './limitResponseSize';

/** The part of an SDK client that the module uses. */
export interface AwsClient {
  send(
    command: AwsCommand<unknown>,
    options: { abortSignal: AbortSignal },
  ): Promise<unknown>;
  destroy(): void;
  readonly middlewareStack: {
    add(middleware: unknown, options: object): void;
  };
}

const CLIENTS = {
  autoScaling: AutoScalingClient,
  applicationAutoScaling: ApplicationAutoScalingClient,
  cloudWatch: CloudWatchClient,
  elasticLoadBalancing: ElasticLoadBalancingV2Client,
  ec2: EC2Client,
  rds: RDSClient,
  ecs: ECSClient,
  tagging: ResourceGroupsTaggingAPIClient,
  securityHub: SecurityHubClient,
  inspector: Inspector2Client,
} satisfies Record<AwsService, unknown>;

/** Creates a client with the same limits as all others. */
export function createClient(options: {
  service: AwsService;
  region: string;
  config: Pick<AwsConfig, 'endpoint' | 'limits'>;
  credentials: () => Promise<AwsIdentity>;
}): AwsClient {
  const { limits, endpoint } = options.config;
  const Client = CLIENTS[options.service];
  const client = new Client({
    region: options.region,
    credentials: options.credentials,
    ...(endpoint && { endpoint }),
    customUserAgent: 'cloudtrace',
    maxAttempts: limits.maxAttempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: limits.connectionTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      // Without it, the SDK only logs an exceeded timeout, and the call hangs.
      throwOnRequestTimeout: true,
      socketTimeout: limits.requestTimeoutMs,
      httpsAgent: { keepAlive: true, maxSockets: limits.concurrency },
      httpAgent: { keepAlive: true, maxSockets: limits.concurrency },
    },
  });
  // Each service's client has its own type; they share no common type.
  const narrow = client as unknown as AwsClient;
  narrow.middlewareStack.add(limitResponseSize(limits.maxResponseBytes), {
    step: 'deserialize',
    priority: 'low',
    name: 'limitResponseSize',
  });
  return narrow;
}

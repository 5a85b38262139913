import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { LoadBalancer } from './LoadBalancer.ts';
import type { Network } from './Network.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** What the stack gives to the construct that runs the service, `compute/Compute.ts`. */
export interface ComputeProps {
  /** Service and environment: name of the group or service. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  readonly loadBalancer: LoadBalancer;
  /** Security group of the service, created before the data stores that allow it. */
  readonly securityGroup: ec2.SecurityGroup;
  readonly encryptionKey: kms.IKey;
  readonly topic: sns.ITopic;
  /** Role of the portal, which shows what runs; `undefined` if there is none. */
  readonly portalRole: iam.Role | undefined;
  /** Secret with the portal's ingest token. */
  readonly ingestTokenSecretArn: string;
  /** Secrets besides the ingest token that the service may read. */
  readonly dataSecretArns: readonly string[];
  /** Environment variables that tell the service where its data stores are. */
  readonly dataEnvironment: Readonly<Record<string, string>>;
  /** Further permissions of the service. */
  readonly permissions: readonly iam.PolicyStatement[];
}

/** Metrics of capacity and load, for alarms and the dashboard. */
export interface ComputeMetrics {
  readonly capacity: {
    readonly namespace: string;
    readonly desired: string;
    readonly inService: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };
  readonly cpu: {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };
}

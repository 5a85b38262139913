import type { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Compute } from '../compute/Compute.ts';
import type { Database } from '../Database.ts';
import type { LoadBalancer } from '../LoadBalancer.ts';
import type { Network } from '../Network.ts';
import type { AlarmSpec } from '../Observability.ts';
import type { Check } from '../settings/checks.ts';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';

/** What a part can use. */
export interface PartContext {
  readonly stack: Stack;
  /** Service and environment: prefix of resource names. */
  readonly fullName: string;
  /** The same within 32 characters. */
  readonly shortName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  readonly loadBalancer: LoadBalancer;
  /** Bucket for access logs. */
  readonly accessLogsBucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
  /** Topic that notifies the owner. */
  readonly topic: sns.ITopic;
  /** Security group of the service. */
  readonly serviceSecurityGroup: ec2.SecurityGroup;
  /** Secret with the portal's ingest token. */
  readonly ingestTokenSecretArn: string;
}

/** The same, once the service exists. */
export interface ServicePartContext extends PartContext {
  readonly database: Database;
  readonly compute: Compute;
  /** Environment variables that tell the service where its data stores are. */
  readonly dataEnvironment: Readonly<Record<string, string>>;
  /** Secrets besides the ingest token that the service may read. */
  readonly dataSecretArns: readonly string[];
}

/** What a part adds around the service. */
export interface ServicePartResult {
  /** Alarms by name. */
  readonly alarms?: Readonly<Record<string, AlarmSpec>>;
  /** Outputs of the stack by name. */
  readonly outputs?: Readonly<Record<string, string>>;
}

/** What a part gives to the service. */
export interface PartResult extends ServicePartResult {
  /** Environment variables of the service. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Permissions of the service's role. */
  readonly permissions?: readonly iam.PolicyStatement[];
}

/** Optional infrastructure. `parts.ts` lists the parts of this service. */
export interface Part {
  /** Its own settings; it adds their types to `ServiceSettings`. */
  readonly settings?: {
    readonly defaults: Readonly<Record<string, unknown>>;
    readonly checks: Readonly<Record<string, Check>>;
  };
  /** Creates what the service uses. */
  createBeforeService?(context: PartContext): PartResult;
  /** Creates what uses the service. */
  createAfterService?(context: ServicePartContext): ServicePartResult;
}

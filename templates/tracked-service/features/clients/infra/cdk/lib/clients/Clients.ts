import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Network } from '../Network.ts';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';
import { DownloadAgents } from './DownloadAgents.ts';
import { DownloadsApi } from './DownloadsApi.ts';

/** Properties of {@link Clients}. */
export interface ClientsProps {
  /** Service and environment, prefix of resource names. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  /** Bucket for access logs. */
  readonly accessLogsBucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
  /** Secret with the portal's ingest token. */
  readonly ingestTokenSecretArn: string;
}

/**
 * Download agents: a caller posts a job to the HTTP API, the API puts it on a queue, and agents on Fargate download the
 * file through the service and store it in a bucket.
 */
export class Clients extends Construct {
  readonly api: DownloadsApi;
  readonly agents: DownloadAgents;
  readonly bucket: s3.Bucket;
  readonly failedJobs: sqs.Queue;
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: ClientsProps) {
    super(scope, id);
    const { fullName, settings, network, encryptionKey } = props;

    // An agent has five minutes per job. A job that failed five times is kept for two weeks, so that somebody can check
    // it.
    this.failedJobs = new sqs.Queue(this, 'FailedJobs', {
      queueName: `${fullName}-downloads-failed`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const jobs = new sqs.Queue(this, 'Jobs', {
      queueName: `${fullName}-downloads`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(5),
      retentionPeriod: Duration.days(4),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.failedJobs, maxReceiveCount: 5 },
    });

    this.bucket = new s3.Bucket(this, 'Downloads', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      serverAccessLogsBucket: props.accessLogsBucket,
      serverAccessLogsPrefix: 's3/downloads/',
      versioned: true,
      lifecycleRules: [
        {
          id: 'expire',
          // No S3 Intelligent-Tiering: it moves an object after 30 days, when it expires.
          expiration: Duration.days(30),
          noncurrentVersionExpiration: Duration.days(7),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: settings.deletionProtection
        ? RemovalPolicy.RETAIN
        : RemovalPolicy.DESTROY,
    });

    this.api = new DownloadsApi(this, 'Api', {
      fullName,
      logRetentionDays: settings.logRetentionDays,
      jobs,
      encryptionKey,
    });
    this.agents = new DownloadAgents(this, 'Agents', {
      fullName,
      settings,
      network,
      jobs,
      bucket: this.bucket,
      encryptionKey,
      ingestTokenSecretArn: props.ingestTokenSecretArn,
    });
    this.securityGroup = this.agents.securityGroup;
  }
}

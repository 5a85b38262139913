import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** Properties of {@link Encryption}. */
export interface EncryptionProps {
  /** Service and environment, prefix of resource names. */
  readonly fullName: string;
}

/**
 * One customer-managed key for all data at rest in this environment, except the load balancer's log bucket (its log
 * delivery supports only S3-managed keys) and the instances' disks (default key of the account).
 */
export class Encryption extends Construct {
  readonly key: kms.Key;

  constructor(scope: Construct, id: string, { fullName }: EncryptionProps) {
    super(scope, id);
    const { account, partition, region } = Stack.of(this);

    this.key = new kms.Key(this, 'Key', {
      alias: fullName,
      description: `Data of ${fullName}`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
    });
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ServicesSendThroughEncryptedTopic',
        principals: [
          new iam.ServicePrincipal('cloudwatch.amazonaws.com'),
          new iam.ServicePrincipal('events.rds.amazonaws.com'),
        ],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'CloudWatchLogsEncryptsLogGroups',
        principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [
              `arn:${partition}:logs:${region}:${account}:log-group:/cloudtrace/${fullName}/*`,
              `arn:${partition}:logs:${region}:${account}:log-group:/aws/rds/instance/${fullName}/*`,
            ],
          },
        },
      }),
    );
  }
}

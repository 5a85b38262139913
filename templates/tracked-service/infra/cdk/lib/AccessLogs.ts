import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Below 1 MiB, moving and watching an object costs more than it saves. */
const TIERED_ABOVE_BYTES = 1_048_576;

/** Properties of {@link AccessLogs}. */
export interface AccessLogsProps {
  /** Keep the logs when the stack is deleted. */
  readonly keepLogs: boolean;
}

/**
 * One bucket for the access logs of the load balancer (prefix `load-balancer/`) and of other buckets (prefix `s3/`).
 * Load balancer log delivery supports only S3-managed keys, so there is no customer-managed key here.
 */
export class AccessLogs extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, { keepLogs }: AccessLogsProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(7),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        {
          // Logs that nobody reads for 30 days cost less.
          id: 'tier',
          objectSizeGreaterThan: TIERED_ABOVE_BYTES,
          transitions: [
            {
              storageClass: s3.StorageClass.INTELLIGENT_TIERING,
              transitionAfter: Duration.days(0),
            },
          ],
        },
      ],
      removalPolicy: keepLogs ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // The type of CloudFormation is text; the construct writes a number.
    (this.bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride(
      'LifecycleConfiguration.Rules.1.ObjectSizeGreaterThan',
      String(TIERED_ABOVE_BYTES),
    );
    acknowledge(this.bucket, {
      S1: 'This is the bucket that access logs go to: logging its own accesses would never end.',
    });
  }
}

import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Properties of {@link serviceLogGroup}. */
export interface ServiceLogGroupProps {
  readonly logGroupName: string;
  /** Retention of log lines in days; a value that CloudWatch Logs supports. */
  readonly retentionDays: number;
  readonly encryptionKey: kms.IKey;
}

/** A log group with retention and a key, deleted with the stack as in Terraform. */
export function serviceLogGroup(
  scope: Construct,
  id: string,
  props: ServiceLogGroupProps,
): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    logGroupName: props.logGroupName,
    retention: props.retentionDays,
    encryptionKey: props.encryptionKey,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Properties of {@link InstanceRole}. */
export interface InstanceRoleProps {
  /** Name of the service and of its image repository. */
  readonly name: string;
  /** Service and environment. */
  readonly fullName: string;
  /** Whether the service publishes the metric for its scaling. */
  readonly publishesActiveUsers: boolean;
  /** Secrets that an instance may read. */
  readonly secretArns: readonly string[];
  /** Key of the secrets. */
  readonly encryptionKey: kms.IKey;
  readonly logGroup: logs.ILogGroup;
}

/** Permissions of an instance: pull its image, read its secrets, write its log and memory, offer a Session Manager shell. */
export class InstanceRole extends iam.Role {
  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id, {
      description: `Instances of ${props.fullName}`,
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    });
    const allow = (sid: string, actions: string[], resources: string[]) =>
      this.addToPolicy(new iam.PolicyStatement({ sid, actions, resources }));

    allow('LogInToRegistry', ['ecr:GetAuthorizationToken'], ['*']);
    allow(
      'PullImage',
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      [
        Stack.of(this).formatArn({
          service: 'ecr',
          resource: 'repository',
          resourceName: props.name,
        }),
      ],
    );
    allow(
      'ReadSecrets',
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      [...props.secretArns],
    );
    allow('DecryptSecrets', ['kms:Decrypt'], [props.encryptionKey.keyArn]);
    allow(
      'WriteLogs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [props.logGroup.logGroupArn],
    );
    allow(
      'SessionManagerShell',
      [
        'ssm:UpdateInstanceInformation',
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      ['*'],
    );
    this.#publish('PublishMemory', 'CWAgent');
    if (props.publishesActiveUsers) {
      this.#publish('PublishActiveUsers', 'CloudTrace/Service');
    }
    acknowledge(this, {
      'IAM5[Resource::*]':
        'ecr:GetAuthorizationToken, ssm:UpdateInstanceInformation and ssmmessages:* channels do not support resource-level permissions; each action is named. cloudwatch:PutMetricData does not either and is limited to one namespace.',
    });
  }

  #publish(sid: string, namespace: string): void {
    this.addToPolicy(
      new iam.PolicyStatement({
        sid,
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
      }),
    );
  }
}

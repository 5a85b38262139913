import { Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledge } from '../acknowledge.ts';
import type { ComputeProps } from '../ComputeContract.ts';

const statement = (sid: string, actions: string[], resources: string[]) =>
  new iam.PolicyStatement({ sid, actions, resources });

/** Permissions of ECS to start a task: pull its image. The log driver adds its own. */
export function allowStart(
  definition: ecs.FargateTaskDefinition,
  repository: string,
): void {
  definition.addToExecutionRolePolicy(
    statement('LogInToRegistry', ['ecr:GetAuthorizationToken'], ['*']),
  );
  definition.addToExecutionRolePolicy(
    statement(
      'PullImage',
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      [
        Stack.of(definition).formatArn({
          service: 'ecr',
          resource: 'repository',
          resourceName: repository,
        }),
      ],
    ),
  );
  acknowledge(definition.obtainExecutionRole(), {
    'IAM5[Resource::*]': 'ecr:GetAuthorizationToken does not support resource-level permissions.',
  });
}

/** Permissions of the service: read its secrets and, if it scales by them, publish its active users. */
export function allowService(
  definition: ecs.FargateTaskDefinition,
  props: ComputeProps,
): void {
  definition.addToTaskRolePolicy(
    statement(
      'ReadSecrets',
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      [props.ingestTokenSecretArn, ...props.dataSecretArns],
    ),
  );
  definition.addToTaskRolePolicy(
    statement('DecryptSecrets', ['kms:Decrypt'], [props.encryptionKey.keyArn]),
  );
  props.permissions.forEach(permission =>
    definition.addToTaskRolePolicy(permission),
  );
  if (props.settings.scalingPolicy !== 'active-users') return;
  definition.addToTaskRolePolicy(
    new iam.PolicyStatement({
      sid: 'PublishActiveUsers',
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'cloudwatch:namespace': 'CloudTrace/Service' },
      },
    }),
  );
  acknowledge(definition.taskRole, {
    'IAM5[Resource::*]':
      'cloudwatch:PutMetricData does not support resource-level permissions and is limited to one namespace.',
  });
}

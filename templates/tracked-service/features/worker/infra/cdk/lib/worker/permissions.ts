import { Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledge } from '../acknowledge.ts';
import type { ServicePartContext } from '../parts/Part.ts';

const statement = (sid: string, actions: string[], resources: string[]) =>
  new iam.PolicyStatement({ sid, actions, resources });

/** Permissions of ECS to start a worker, and of a worker to read its secrets. The log driver adds its own. */
export function allowWork(
  definition: ecs.FargateTaskDefinition,
  context: ServicePartContext,
): void {
  allowStart(definition, context.settings.name);
  definition.addToTaskRolePolicy(
    statement(
      'ReadSecrets',
      ['secretsmanager:GetSecretValue'],
      secretArns(context),
    ),
  );
  definition.addToTaskRolePolicy(
    statement(
      'DecryptSecrets',
      ['kms:Decrypt'],
      [context.encryptionKey.keyArn],
    ),
  );
}

function allowStart(
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

/** The ingest token, the login of the database, and the logins that the environment names. */
function secretArns({
  ingestTokenSecretArn,
  dataSecretArns,
  dataEnvironment: { KAFKA_SECRET_ARN, REDIS_SECRET_ARN },
}: ServicePartContext): string[] {
  return [
    ingestTokenSecretArn,
    ...dataSecretArns,
    KAFKA_SECRET_ARN,
    REDIS_SECRET_ARN,
  ].filter(arn => arn !== undefined);
}

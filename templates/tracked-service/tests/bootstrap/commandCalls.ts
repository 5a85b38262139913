import { ACCOUNT, REGION } from './BootstrapStack';
import type { Call } from './isAllowed';

/** A role of the pipeline. */
export type PipelineRole = 'image' | 'plan' | 'deploy' | 'drill';

/** Who runs a command of the scripts, and the calls that it makes in the environment of a full name. */
export interface CommandCalls {
  readonly roles: readonly PipelineRole[];
  readonly calls: (fullName: string) => readonly Call[];
}

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const group = (fullName: string) =>
  arn(
    'autoscaling',
    `autoScalingGroup:11111111-2222-3333-4444-555555555555:autoScalingGroupName/${fullName}`,
  );
const service = (fullName: string) =>
  arn('ecs', `service/${fullName}-service/${fullName}`);
const task = (fullName: string) => arn('ecs', `task/${fullName}-service/1`);
const migration = (fullName: string) =>
  arn('ecs', `task/${fullName}-migration/1`);
const definition = (fullName: string) =>
  arn('ecs', `task-definition/${fullName}-migration:7`);
const database = (fullName: string) => arn('rds', `db:${fullName}`);
const repository = () => arn('ecr', 'repository/orders');

const read = (action: string): CommandCalls['calls'] => {
  return () => [{ action, resource: '*' }];
};

/** Values in a secret are encrypted with the environment's key. */
const useKey = (action: string, via: string): Call => ({
  action,
  resource: arn('kms', 'key/1'),
  context: { 'kms:ViaService': `${via}.${REGION}.amazonaws.com` },
});

/** Every command of the AWS CLI in the scripts of the pipeline. */
export const COMMAND_CALLS: Readonly<Record<string, CommandCalls>> = {
  'application-autoscaling describe-scalable-targets': {
    roles: ['deploy'],
    calls: read('application-autoscaling:DescribeScalableTargets'),
  },
  'autoscaling describe-auto-scaling-groups': {
    roles: ['drill'],
    calls: read('autoscaling:DescribeAutoScalingGroups'),
  },
  'autoscaling describe-instance-refreshes': {
    roles: ['deploy'],
    calls: read('autoscaling:DescribeInstanceRefreshes'),
  },
  'autoscaling start-instance-refresh': {
    roles: ['deploy'],
    calls: fullName => [
      {
        action: 'autoscaling:StartInstanceRefresh',
        resource: group(fullName),
      },
    ],
  },
  'autoscaling terminate-instance-in-auto-scaling-group': {
    roles: ['drill'],
    calls: fullName => [
      {
        action: 'autoscaling:TerminateInstanceInAutoScalingGroup',
        resource: group(fullName),
      },
    ],
  },
  'cloudformation describe-stacks': {
    roles: ['plan', 'deploy', 'drill'],
    calls: fullName => [
      {
        action: 'cloudformation:DescribeStacks',
        resource: arn('cloudformation', `stack/${fullName}/1`),
      },
    ],
  },
  'ec2 describe-vpcs': {
    roles: ['deploy'],
    calls: read('ec2:DescribeVpcs'),
  },
  'ecr batch-get-image': {
    roles: ['deploy'],
    calls: () => [{ action: 'ecr:BatchGetImage', resource: repository() }],
  },
  'ecr describe-images': {
    roles: ['image', 'deploy'],
    calls: () => [{ action: 'ecr:DescribeImages', resource: repository() }],
  },
  'ecr get-login-password': {
    roles: ['image'],
    calls: read('ecr:GetAuthorizationToken'),
  },
  'ecr put-image': {
    roles: ['deploy'],
    calls: () => [{ action: 'ecr:PutImage', resource: repository() }],
  },
  'ecs describe-services': {
    roles: ['deploy'],
    calls: fullName => [
      { action: 'ecs:DescribeServices', resource: service(fullName) },
    ],
  },
  'ecs describe-task-definition': {
    roles: ['deploy'],
    calls: read('ecs:DescribeTaskDefinition'),
  },
  'ecs describe-tasks': {
    roles: ['deploy', 'drill'],
    calls: fullName => [
      { action: 'ecs:DescribeTasks', resource: task(fullName) },
      { action: 'ecs:DescribeTasks', resource: migration(fullName) },
    ],
  },
  'ecs list-tasks': {
    roles: ['drill'],
    calls: fullName => [
      {
        action: 'ecs:ListTasks',
        resource: arn('ecs', `container-instance/${fullName}-service/1`),
      },
    ],
  },
  'ecs register-task-definition': {
    roles: ['deploy'],
    calls: fullName => [
      {
        action: 'ecs:RegisterTaskDefinition',
        resource: definition(fullName),
      },
      { action: 'ecs:TagResource', resource: definition(fullName) },
      ...['migration', 'migration-execution'].map(role => ({
        action: 'iam:PassRole',
        resource: `arn:aws:iam::${ACCOUNT}:role/${fullName}-${role}`,
        context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
      })),
    ],
  },
  'ecs run-task': {
    roles: ['deploy'],
    calls: fullName => [
      { action: 'ecs:RunTask', resource: definition(fullName) },
    ],
  },
  'ecs stop-task': {
    roles: ['drill'],
    calls: fullName => [{ action: 'ecs:StopTask', resource: task(fullName) }],
  },
  'ecs stop-task of the migration': {
    roles: ['deploy'],
    calls: fullName => [
      { action: 'ecs:StopTask', resource: migration(fullName) },
    ],
  },
  'ecs update-service': {
    roles: ['deploy'],
    calls: fullName => [
      { action: 'ecs:UpdateService', resource: service(fullName) },
    ],
  },
  'ecs wait tasks-stopped': {
    roles: ['deploy'],
    calls: fullName => [
      { action: 'ecs:DescribeTasks', resource: migration(fullName) },
    ],
  },
  'eks describe-cluster': {
    roles: ['deploy', 'drill'],
    calls: fullName => [
      {
        action: 'eks:DescribeCluster',
        resource: arn('eks', `cluster/${fullName}`),
      },
    ],
  },
  // Signs a request to STS, which needs no permission.
  'eks get-token': { roles: ['deploy', 'drill'], calls: () => [] },
  'rds reboot-db-instance': {
    roles: ['drill'],
    calls: fullName => [
      { action: 'rds:RebootDBInstance', resource: database(fullName) },
    ],
  },
  'rds wait db-instance-available': {
    roles: ['drill'],
    calls: fullName => [
      { action: 'rds:DescribeDBInstances', resource: database(fullName) },
    ],
  },
  'secretsmanager put-secret-value': {
    roles: ['deploy'],
    calls: fullName => [
      {
        action: 'secretsmanager:PutSecretValue',
        resource: arn(
          'secretsmanager',
          `secret:${fullName}/ingest-token-AbCdEf`,
        ),
      },
      useKey('kms:GenerateDataKey', 'secretsmanager'),
      useKey('kms:Decrypt', 'secretsmanager'),
    ],
  },
  'ssm delete-parameter': {
    roles: ['deploy'],
    calls: fullName => [
      {
        action: 'ssm:DeleteParameter',
        resource: arn('ssm', `parameter/${fullName}/healing/paused-until`),
      },
    ],
  },
  'ssm get-parameter': {
    roles: ['deploy'],
    calls: fullName => [
      {
        action: 'ssm:GetParameter',
        resource: arn('ssm', `parameter/cloudtrace/${fullName}/deployed-image`),
      },
    ],
  },
  'ssm put-parameter': {
    roles: ['deploy'],
    calls: fullName =>
      [
        `parameter/cloudtrace/${fullName}/deployed-image`,
        `parameter/${fullName}/healing/paused-until`,
      ].map(name => ({
        action: 'ssm:PutParameter',
        resource: arn('ssm', name),
      })),
  },
};

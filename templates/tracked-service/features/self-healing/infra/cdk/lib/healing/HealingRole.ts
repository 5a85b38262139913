import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { ServicePartContext } from '../parts/Part.ts';
import { securityGroups } from './declaredState.ts';

/** Properties of {@link HealingRole}. */
export interface HealingRoleProps extends ServicePartContext {
  /** Names of the parameters that the function reads. */
  readonly parameters: readonly string[];
  readonly eventsTokenSecretArn: string;
  readonly logGroup: logs.ILogGroup;
}

/**
 * Permissions of the function: it may change only the resources of this service, and only to the declared values where
 * AWS has a condition for them.
 */
export class HealingRole extends iam.Role {
  constructor(scope: Construct, id: string, props: HealingRoleProps) {
    super(scope, id, {
      description: `Restores what the repository of ${props.fullName} declares`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    [...reading(props), ...restoring(props), ...reporting(props)].forEach(
      statement => this.addToPolicy(statement),
    );
    acknowledge(this, {
      'IAM5[Resource::*]':
        'These describe calls do not support resource-level permissions; each action is named.',
    });
  }
}

function reading({
  stack,
  database,
  parameters,
}: HealingRoleProps): iam.PolicyStatement[] {
  return [
    allow(
      'ReadCurrentState',
      [
        'autoscaling:DescribeAutoScalingGroups',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetMetricData',
        'ec2:DescribeSecurityGroupRules',
        'elasticloadbalancing:DescribeListeners',
      ],
      ['*'],
    ),
    allow(
      'ReadDatabase',
      ['rds:DescribeDBInstances'],
      [arnOfDatabase(database.instance)],
    ),
    allow(
      'ReadDeclaredState',
      ['ssm:GetParameter'],
      parameters.map(name =>
        stack.formatArn({
          service: 'ssm',
          resource: 'parameter',
          resourceName: name.replace(/^\//, ''),
        }),
      ),
    ),
  ];
}

function restoring({
  stack,
  compute,
  database,
  settings,
}: HealingRoleProps): iam.PolicyStatement[] {
  const listeners = stack.node
    .findAll()
    .filter(child => child instanceof elbv2.CfnListener);
  return [
    allow(
      'RestoreSecurityGroups',
      [
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupIngress',
      ],
      securityGroups(stack).map(group =>
        stack.formatArn({
          service: 'ec2',
          resource: 'security-group',
          resourceName: group.attrGroupId,
        }),
      ),
    ),
    allow(
      'RestoreGroup',
      ['autoscaling:UpdateAutoScalingGroup'],
      [arnOfGroup(compute.group)],
      {
        NumericEquals: {
          'autoscaling:MaxSize': String(settings.maxSize),
          'autoscaling:MinSize': String(settings.minSize),
        },
      },
    ),
    allow(
      'ReplaceInstances',
      ['autoscaling:SetInstanceHealth'],
      [arnOfGroup(compute.group)],
    ),
    allow(
      'RestoreListeners',
      ['elasticloadbalancing:ModifyListener'],
      listeners.map(({ ref }) => ref),
      // A listener without TLS has no policy.
      {
        'ForAllValues:StringEquals': {
          'elasticloadbalancing:SecurityPolicy': listeners.flatMap(
            ({ sslPolicy }) => sslPolicy ?? [],
          ),
        },
      },
    ),
    allow(
      'RestoreDatabase',
      ['rds:ModifyDBInstance'],
      [arnOfDatabase(database.instance)],
      { BoolIfExists: { 'rds:PubliclyAccessible': 'false' } },
    ),
  ];
}

/** The queue of failed events is missing here: the CDK adds its permission with the function. */
function reporting({
  topic,
  encryptionKey,
  eventsTokenSecretArn,
  logGroup,
}: HealingRoleProps): iam.PolicyStatement[] {
  return [
    allow('ReportToTopic', ['sns:Publish'], [topic.topicArn]),
    allow(
      'ReadEventsToken',
      ['secretsmanager:GetSecretValue'],
      [eventsTokenSecretArn],
    ),
    allow(
      'UseKey',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [encryptionKey.keyArn],
    ),
    allow(
      'WriteLogs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [logGroup.logGroupArn],
    ),
  ];
}

function allow(
  sid: string,
  actions: string[],
  resources: string[],
  conditions?: Record<string, unknown>,
): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, actions, resources, conditions });
}

/** The exact ARN: the one of the group itself has a wildcard instead of the group's id. */
function arnOfGroup(group: autoscaling.AutoScalingGroup): string {
  const resource = group.node.defaultChild as autoscaling.CfnAutoScalingGroup;
  return resource.attrAutoScalingGroupArn;
}

function arnOfDatabase(database: rds.DatabaseInstance): string {
  return (database.node.defaultChild as rds.CfnDBInstance).attrDbInstanceArn;
}

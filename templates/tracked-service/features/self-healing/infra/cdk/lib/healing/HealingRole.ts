import type { Stack } from 'aws-cdk-lib';
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
  /** Name of the parameter in which the function remembers what it reported. */
  readonly problemsParameter: string;
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
        'autoscaling:DescribeScalingActivities',
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
      parameters.map(name => arnOfParameter(stack, name)),
    ),
  ];
}

function restoring({
  stack,
  compute,
  database,
  settings,
}: HealingRoleProps): iam.PolicyStatement[] {
  return [
    ...restoringListeners(stack),
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
      'RestoreDatabase',
      ['rds:ModifyDBInstance'],
      [arnOfDatabase(database.instance)],
      // IfExists, because AWS documents this key only for the creation of a database: if a request has no such key, the
      // condition holds. No other key could limit which settings a request changes.
      { BoolIfExists: { 'rds:PubliclyAccessible': 'false' } },
    ),
  ];
}

/** A statement for each protocol, because a listener without TLS has no policy for it. A listener keeps its protocol. */
function restoringListeners(stack: Stack): iam.PolicyStatement[] {
  const listeners = stack.node
    .findAll()
    .filter(child => child instanceof elbv2.CfnListener);
  const protocols = new Set(listeners.map(({ protocol }) => protocol));
  return [...protocols].map(protocol => {
    const alike = listeners.filter(listener => listener.protocol === protocol);
    const policies = new Set(alike.flatMap(({ sslPolicy }) => sslPolicy ?? []));
    return allow(
      `Restore${protocol}Listeners`,
      ['elasticloadbalancing:ModifyListener'],
      alike.map(({ ref }) => ref),
      {
        'ForAllValues:StringEquals': {
          'elasticloadbalancing:ListenerProtocol': [protocol],
          ...(protocol === 'HTTPS' && {
            'elasticloadbalancing:SecurityPolicy': [...policies],
          }),
        },
      },
    );
  });
}

/** The queue of failed events is missing here: the CDK adds its permission with the function. */
function reporting({
  stack,
  problemsParameter,
  topic,
  encryptionKey,
  eventsTokenSecretArn,
  logGroup,
}: HealingRoleProps): iam.PolicyStatement[] {
  return [
    allow(
      'RememberProblems',
      ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
      [arnOfParameter(stack, problemsParameter)],
    ),
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

function arnOfParameter(stack: Stack, name: string): string {
  return stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: name.replace(/^\//, ''),
  });
}

/** The exact ARN: the one of the group itself has a wildcard instead of the group's id. */
function arnOfGroup(group: autoscaling.AutoScalingGroup): string {
  const resource = group.node.defaultChild as autoscaling.CfnAutoScalingGroup;
  return resource.attrAutoScalingGroupArn;
}

function arnOfDatabase(database: rds.DatabaseInstance): string {
  return (database.node.defaultChild as rds.CfnDBInstance).attrDbInstanceArn;
}

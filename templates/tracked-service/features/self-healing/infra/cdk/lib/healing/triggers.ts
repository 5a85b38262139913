import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { HealingProps } from './Healing.ts';

/** As in `infra/healing/src/watched.ts`. Not limited to our resources: the function compares only those. */
const WATCHED_CALLS: Readonly<
  Record<string, { source: string; calls: string[] }>
> = {
  ec2: {
    source: 'aws.ec2',
    calls: [
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'ModifySecurityGroupRules',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
    ],
  },
  autoscaling: { source: 'aws.autoscaling', calls: ['UpdateAutoScalingGroup'] },
  'load-balancer': {
    source: 'aws.elasticloadbalancing',
    calls: ['DeleteListener', 'ModifyListener'],
  },
  rds: { source: 'aws.rds', calls: ['ModifyDBInstance'] },
};

/** The rules that start the function: a schedule, alarms, activities of Auto Scaling, and calls by anyone. */
export function addTriggers(
  scope: Construct,
  props: HealingProps & { handler: lambda.IFunction },
): void {
  const add = (name: string, rule: events.RuleProps) =>
    new events.Rule(scope, `Rule-${name}`, {
      ruleName: `${props.shortName}-healing-${name}`,
      targets: [new LambdaFunction(props.handler)],
      ...rule,
    });

  add('check', {
    description:
      'Compares everything with the declared state: CloudTrail may be late, or off',
    schedule: events.Schedule.rate(Duration.minutes(5)),
  });
  for (const [name, rule] of Object.entries(patterns(props))) add(name, rule);
}

function patterns(props: HealingProps): Record<string, events.RuleProps> {
  return {
    alarms: {
      description: 'Alarms of single instances',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        detail: {
          alarmName: [props.cpuAlarm, props.memoryAlarm],
          state: { value: ['ALARM'] },
        },
      },
    },
    activities: {
      description: 'What Auto Scaling does',
      eventPattern: {
        source: ['aws.autoscaling'],
        detailType: [
          'EC2 Instance Launch Successful',
          'EC2 Instance Launch Unsuccessful',
          'EC2 Instance Terminate Successful',
          'EC2 Instance Terminate Unsuccessful',
        ],
        detail: { AutoScalingGroupName: [props.fullName] },
      },
    },
    ...Object.fromEntries(
      Object.entries(WATCHED_CALLS).map(([name, { source, calls }]) => [
        `calls-${name}`,
        {
          description: 'Calls that can change what the repository declares',
          eventPattern: {
            source: [source],
            detailType: ['AWS API Call via CloudTrail'],
            detail: { eventName: calls },
          },
        },
      ]),
    ),
  };
}

/*
 * Events as EventBridge delivers them, shortened to the fields that rules and function read, and to a few that show where
 * they come from. Sources:
 *
 * - envelope of CloudTrail: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * - record of a call: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * - the parameters of EC2 in a record begin in lower case, lists are below `items`:
 *   https://docs.aws.amazon.com/AWSEC2/latest/APIReference/using-cloudtrail.html; those of ModifySecurityGroupRules keep the
 *   names of the request, as published queries read them: `requestParameters.ModifySecurityGroupRulesRequest.GroupId`
 * - Auto Scaling's calls: https://docs.aws.amazon.com/autoscaling/ec2/userguide/logging-using-cloudtrail.html
 * - Auto Scaling's activities: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
 * - load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudtrail-logs.html
 * - RDS writes `dBInstanceIdentifier`: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/logging-using-cloudtrail.html
 * - alarms: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 * - the schedule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */

/** An event of EventBridge. */
export interface EventBridgeEvent {
  readonly version: '0';
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The values that differ between a test and a rendered infrastructure. */
export interface EventNames {
  readonly groupName: string;
  readonly cpuAlarm: string;
  readonly memoryAlarm: string;
}

const ANN = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:ann',
  arn: 'arn:aws:sts::111111111111:assumed-role/admin/ann',
  accountId: '111111111111',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::111111111111:role/admin',
      userName: 'admin',
    },
  },
};

/** An event with the fields that all have. */
export function eventOf(
  source: string,
  detailType: string,
  detail: Record<string, unknown>,
): EventBridgeEvent {
  return {
    version: '0',
    id: '0c921724-5e04-3c5d-a4b1-7c0a8b6f2f11',
    source,
    'detail-type': detailType,
    account: '111111111111',
    region: 'eu-central-1',
    time: '2026-11-30T01:59:58Z',
    resources: [],
    detail,
  };
}

/** A call that CloudTrail recorded. */
export function callOf(
  service: string,
  eventName: string,
  requestParameters: Record<string, unknown>,
  userIdentity: Record<string, unknown> = ANN,
): EventBridgeEvent {
  return eventOf(`aws.${service}`, 'AWS API Call via CloudTrail', {
    eventVersion: '1.11',
    userIdentity,
    eventTime: '2026-11-30T01:59:55Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '203.0.113.7',
    requestParameters,
    eventType: 'AwsApiCall',
  });
}

const openToAll = {
  groupId: 'sg-database',
  ipPermissions: {
    items: [
      {
        ipProtocol: 'tcp',
        fromPort: 15432,
        toPort: 15432,
        ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
      },
    ],
  },
};

const byRuleId = (groupId: string) => ({
  groupId,
  securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }] },
});

/** A call for each kind of change that somebody can make by hand. */
export const calls = (groupName: string): EventBridgeEvent[] => [
  callOf('ec2', 'AuthorizeSecurityGroupIngress', openToAll),
  callOf('ec2', 'AuthorizeSecurityGroupEgress', openToAll),
  callOf('ec2', 'RevokeSecurityGroupIngress', byRuleId('sg-database')),
  callOf('ec2', 'RevokeSecurityGroupEgress', byRuleId('sg-balancer')),
  callOf('ec2', 'ModifySecurityGroupRules', {
    ModifySecurityGroupRulesRequest: {
      GroupId: 'sg-database',
      SecurityGroupRule: {
        SecurityGroupRuleId: 'sgr-1',
        SecurityGroupRule: { IpProtocol: 'tcp', CidrIpv4: '0.0.0.0/0' },
        tag: 1,
      },
    },
  }),
  callOf('autoscaling', 'UpdateAutoScalingGroup', {
    autoScalingGroupName: groupName,
    minSize: 0,
    maxSize: 100,
  }),
  callOf('elasticloadbalancing', 'ModifyListener', {
    listenerArn: 'arn:listener/https',
    sslPolicy: 'ELBSecurityPolicy-2016-08',
  }),
  callOf('elasticloadbalancing', 'DeleteListener', {
    listenerArn: 'arn:listener/http',
  }),
  callOf('rds', 'ModifyDBInstance', {
    dBInstanceIdentifier: groupName,
    publiclyAccessible: true,
    applyImmediately: true,
  }),
];

const ENDED_BY_HEALTH_CHECK =
  'At 2026-11-30T01:58:00Z an instance was taken out of service in response to an ELB system health check failure.';

/** An activity of Auto Scaling; the documentation's examples have the same fields. */
export function activityOf(
  detailType: string,
  groupName: string,
  detail: Record<string, unknown> = {},
): EventBridgeEvent {
  return eventOf('aws.autoscaling', detailType, {
    StatusCode: detailType.endsWith('Unsuccessful') ? 'Failed' : 'InProgress',
    StatusMessage: '',
    AutoScalingGroupName: groupName,
    ActivityId: '87654321-4321-4321-4321-210987654321',
    EC2InstanceId: 'i-1',
    StartTime: '2026-11-30T01:58:00Z',
    EndTime: '2026-11-30T01:59:00Z',
    Cause: ENDED_BY_HEALTH_CHECK,
    ...detail,
  });
}

/** Everything that a rule must deliver to the function. */
export function eventsFor(names: EventNames): EventBridgeEvent[] {
  return [
    eventOf('aws.events', 'Scheduled Event', {}),
    ...[names.cpuAlarm, names.memoryAlarm].map(alarmName =>
      eventOf('aws.cloudwatch', 'CloudWatch Alarm State Change', {
        alarmName,
        state: { value: 'ALARM', timestamp: '2026-11-30T01:59:57.000+0000' },
        previousState: { value: 'OK' },
      }),
    ),
    ...[
      'EC2 Instance Launch Successful',
      'EC2 Instance Launch Unsuccessful',
      'EC2 Instance Terminate Successful',
      'EC2 Instance Terminate Unsuccessful',
    ].map(type => activityOf(type, names.groupName)),
    ...calls(names.groupName),
  ];
}

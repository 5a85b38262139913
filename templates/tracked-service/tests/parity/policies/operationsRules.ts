import { rule, type Rule } from './Rule';

/** What an outage or an attack would show first; `cause` is part of the alarm's name. */
const ALARMS = [
  'no-healthy-target',
  'unhealthy-targets',
  'server-errors',
  'latency-p95',
  'database-storage',
];

/** Logs, alarms, keys and tags. */
export const operationsRules: readonly Rule[] = [
  {
    source:
      'https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html',
    find: ({ untagged }) =>
      untagged.length === 0 ? [] : [`untagged: ${untagged.join(', ')}`],
  },
  rule(
    'CloudWatch.16',
    'a log group keeps its lines forever',
    ({ logGroups }) =>
      logGroups.every(group => Number(group.retentionDays) > 0),
  ),
  rule(
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    'a log group is not encrypted',
    ({ logGroups }) => logGroups.every(group => group.key === '<key>'),
  ),
  rule(
    'SNS.1',
    'the topic is not encrypted',
    ({ notifications }) => notifications.key === '<key>',
  ),
  rule(
    'SNS.5',
    'the topic can be reached without TLS',
    ({ notifications }) => notifications.tlsOnly === true,
  ),
  rule('KMS.4', 'a key is not rotated', ({ keyRotation }) => keyRotation),
  rule('CloudWatch.15', 'an alarm notifies nobody', ({ alarms }) =>
    alarms.every(({ actions }) => actions.length > 0),
  ),
  ...ALARMS.map(name =>
    rule('CloudWatch.15', `the alarm ${name} is missing`, ({ alarms }) =>
      alarms.some(alarm => alarm.name.endsWith(name)),
    ),
  ),
  rule(
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data',
    'the alarm for "no healthy instance" is silent when there is no instance',
    ({ alarms }) =>
      alarms
        .filter(({ name }) => name.endsWith('no-healthy-target'))
        .every(({ missingData }) => missingData === 'breaching'),
  ),
  rule(
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html',
    'the alarm for server errors misses errors of the load balancer',
    ({ alarms }) =>
      alarms
        .filter(({ name }) => name.endsWith('server-errors'))
        .every(({ metric }) => metric.includes('HTTPCode_ELB_5XX_Count')),
  ),
  rule(
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html',
    'failed launches are not notified',
    ({ compute }) =>
      compute.task !== null ||
      compute.cluster !== null ||
      (compute.group.notifies as readonly string[]).includes(
        'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
      ),
  ),
];

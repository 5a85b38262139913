import { Duration } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AutoScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';

/** CPU above which an instance is added, and below which one is removed. */
const HIGH_PERCENT = 70;
const LOW_PERCENT = 30;

/** Properties of {@link addScaling}. */
export interface ScalingProps {
  /** Service and environment, prefix of alarm names. */
  readonly fullName: string;
  readonly settings: Pick<
    ServiceSettings,
    'scalingPolicy' | 'activeUsersPerInstance'
  >;
  readonly group: autoscaling.AutoScalingGroup;
}

/** Adds the selected scaling policy to the group. */
export function addScaling(scope: Construct, props: ScalingProps): void {
  switch (props.settings.scalingPolicy) {
    case 'target-tracking':
      holdCpu(props.group, 50);
      break;
    case 'active-users':
      holdActiveUsers(scope, props);
      // For load that the active users do not explain. Two target tracking policies never work against each other: the one
      // that wants more capacity wins, and only both together reduce it. Steps would reduce it alone.
      holdCpu(props.group, HIGH_PERCENT);
      break;
    default:
      addCpuSteps(scope, props);
  }
}

function holdCpu(
  group: autoscaling.AutoScalingGroup,
  targetUtilizationPercent: number,
): void {
  group.scaleOnCpuUtilization('TargetTracking', {
    targetUtilizationPercent,
    estimatedInstanceWarmup: Duration.seconds(120),
  });
}

/**
 * Users of the whole service (every instance publishes the same number, hence the maximum), divided by the instances in
 * service. The quotient falls as the group grows, as target tracking requires. The group's own method does not support
 * expressions.
 */
function holdActiveUsers(
  scope: Construct,
  { fullName, settings, group }: ScalingProps,
): void {
  new autoscaling.CfnScalingPolicy(scope, 'ActiveUsers', {
    autoScalingGroupName: group.autoScalingGroupName,
    policyType: 'TargetTrackingScaling',
    estimatedInstanceWarmup: 120,
    targetTrackingConfiguration: {
      targetValue: settings.activeUsersPerInstance,
      customizedMetricSpecification: {
        metrics: [
          metric('users', 'Maximum', {
            namespace: 'CloudTrace/Service',
            metricName: 'ActiveUsers',
            dimensions: [{ name: 'ServiceName', value: fullName }],
          }),
          metric('instances', 'Average', {
            namespace: 'AWS/AutoScaling',
            metricName: 'GroupInServiceInstances',
            dimensions: [
              {
                name: 'AutoScalingGroupName',
                value: group.autoScalingGroupName,
              },
            ],
          }),
          {
            id: 'users_per_instance',
            label: 'Active users per instance',
            expression: 'users / instances',
            returnData: true,
          },
        ],
      },
    },
  });
}

function metric(
  id: string,
  stat: string,
  of: autoscaling.CfnScalingPolicy.MetricProperty,
): autoscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  return { id, metricStat: { metric: of, stat }, returnData: false };
}

// Step scaling has no cooldown: an instance that still warms up is excluded from the figures instead.
function addCpuSteps(
  scope: Construct,
  { fullName, group }: ScalingProps,
): void {
  const cpu = new cloudwatch.Metric({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    statistic: cloudwatch.Stats.AVERAGE,
    dimensionsMap: { AutoScalingGroupName: group.autoScalingGroupName },
    period: Duration.minutes(1),
  });
  const common = {
    autoScalingGroup: group,
    adjustmentType: autoscaling.AdjustmentType.CHANGE_IN_CAPACITY,
    metricAggregationType: autoscaling.MetricAggregationType.AVERAGE,
  };

  const up = new autoscaling.StepScalingAction(scope, 'Up', {
    ...common,
    estimatedInstanceWarmup: Duration.seconds(120),
  });
  up.addAdjustment({
    lowerBound: 0,
    upperBound: 15,
    adjustment: 1,
  });
  up.addAdjustment({ lowerBound: 15, adjustment: 2 });
  new cloudwatch.Alarm(scope, 'ScaleUp', {
    alarmName: `${fullName}-scale-up`,
    alarmDescription: `CPUUtilization at or above ${HIGH_PERCENT}: adds instances`,
    metric: cpu,
    threshold: HIGH_PERCENT,
    evaluationPeriods: 3,
    comparisonOperator:
      cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
  }).addAlarmAction(new AutoScalingAction(up));

  const down = new autoscaling.StepScalingAction(scope, 'Down', common);
  down.addAdjustment({ upperBound: 0, adjustment: -1 });
  // Scaling in is slower than scaling out: it takes five times as many quiet minutes.
  new cloudwatch.Alarm(scope, 'ScaleDown', {
    alarmName: `${fullName}-scale-down`,
    alarmDescription: `CPUUtilization at or below ${LOW_PERCENT}: removes an instance`,
    metric: cpu,
    threshold: LOW_PERCENT,
    evaluationPeriods: 15,
    comparisonOperator:
      cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
  }).addAlarmAction(new AutoScalingAction(down));
}

import { Duration } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AutoScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';

/** Properties of {@link addScaling}. */
export interface ScalingProps {
  /** Service and environment, prefix of alarm names. */
  readonly fullName: string;
  readonly settings: Pick<
    ServiceSettings,
    'scalingPolicy' | 'activeUsersThreshold'
  >;
  readonly group: autoscaling.AutoScalingGroup;
}

/** What a step policy watches and where its steps are. */
interface StepScaling {
  readonly metric: cloudwatch.Metric;
  /** From here one instance more. */
  readonly high: number;
  /** Up to here one instance less. */
  readonly low: number;
  /** That much above `high`, two instances more. */
  readonly secondAdd: number;
}

/** Adds the chosen scaling policy to the group. */
export function addScaling(
  scope: Construct,
  { fullName, settings, group }: ScalingProps,
): void {
  if (settings.scalingPolicy === 'target-tracking') {
    group.scaleOnCpuUtilization('TargetTracking', {
      targetUtilizationPercent: 50,
      estimatedInstanceWarmup: Duration.seconds(120),
    });
    return;
  }
  addStepScaling(
    scope,
    fullName,
    group,
    stepScaling(fullName, settings, group),
  );
}

function stepScaling(
  fullName: string,
  settings: ScalingProps['settings'],
  group: autoscaling.AutoScalingGroup,
): StepScaling {
  const period = Duration.minutes(1);
  if (settings.scalingPolicy === 'step-cpu') {
    return {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/EC2',
        metricName: 'CPUUtilization',
        statistic: cloudwatch.Stats.AVERAGE,
        dimensionsMap: { AutoScalingGroupName: group.autoScalingGroupName },
        period,
      }),
      high: 70,
      low: 30,
      secondAdd: 15,
    };
  }
  const threshold = settings.activeUsersThreshold;
  return {
    // Every instance reports the figure of the whole service, hence the maximum.
    metric: new cloudwatch.Metric({
      namespace: 'CloudTrace/Service',
      metricName: 'ActiveUsers',
      statistic: cloudwatch.Stats.MAXIMUM,
      dimensionsMap: { ServiceName: fullName },
      period,
    }),
    high: threshold,
    low: Math.floor(threshold / 2),
    secondAdd: threshold,
  };
}

// Step scaling takes no cooldown: an instance that still warms up is left out of the figures instead.
function addStepScaling(
  scope: Construct,
  fullName: string,
  group: autoscaling.AutoScalingGroup,
  steps: StepScaling,
): void {
  const common = {
    autoScalingGroup: group,
    adjustmentType: autoscaling.AdjustmentType.CHANGE_IN_CAPACITY,
    metricAggregationType: autoscaling.MetricAggregationType.AVERAGE,
  };
  const { metricName } = steps.metric;

  const up = new autoscaling.StepScalingAction(scope, 'Up', {
    ...common,
    estimatedInstanceWarmup: Duration.seconds(120),
  });
  up.addAdjustment({
    lowerBound: 0,
    upperBound: steps.secondAdd,
    adjustment: 1,
  });
  up.addAdjustment({ lowerBound: steps.secondAdd, adjustment: 2 });
  new cloudwatch.Alarm(scope, 'ScaleUp', {
    alarmName: `${fullName}-scale-up`,
    alarmDescription: `${metricName} at or above ${steps.high}: adds instances`,
    metric: steps.metric,
    threshold: steps.high,
    evaluationPeriods: 3,
    comparisonOperator:
      cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
  }).addAlarmAction(new AutoScalingAction(up));

  const down = new autoscaling.StepScalingAction(scope, 'Down', common);
  down.addAdjustment({ upperBound: 0, adjustment: -1 });
  // Down is slower than up: five times as many quiet minutes before an instance goes.
  new cloudwatch.Alarm(scope, 'ScaleDown', {
    alarmName: `${fullName}-scale-down`,
    alarmDescription: `${metricName} at or below ${steps.low}: removes an instance`,
    metric: steps.metric,
    threshold: steps.low,
    evaluationPeriods: 15,
    comparisonOperator:
      cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
  }).addAlarmAction(new AutoScalingAction(down));
}

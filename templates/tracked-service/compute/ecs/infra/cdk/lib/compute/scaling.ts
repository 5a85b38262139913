import { Duration, Stack } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';

/** CPU above which a task is added, and below which one is removed. */
const HIGH_PERCENT = 70;
const LOW_PERCENT = 30;

/** Properties of {@link addScaling}. */
export interface ScalingProps {
  /** Service and environment, prefix of alarm names. */
  readonly fullName: string;
  readonly settings: Pick<
    ServiceSettings,
    'scalingPolicy' | 'activeUsersPerInstance' | 'minSize' | 'maxSize'
  >;
  readonly service: ecs.FargateService;
  /** Cluster and service, as dimensions of metrics. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Adds the selected scaling policy to the service. */
export function addScaling(scope: Construct, props: ScalingProps): void {
  const { settings, service } = props;
  const target = new appscaling.ScalableTarget(scope, 'Capacity', {
    serviceNamespace: appscaling.ServiceNamespace.ECS,
    resourceId: `service/${service.cluster.clusterName}/${service.serviceName}`,
    scalableDimension: 'ecs:service:DesiredCount',
    minCapacity: settings.minSize,
    maxCapacity: settings.maxSize,
    // AWS creates it with the first service that scales; without it, the CDK would create a role of its own.
    role: iam.Role.fromRoleArn(
      scope,
      'ScalingRole',
      Stack.of(scope).formatArn({
        service: 'iam',
        region: '',
        resource: 'role/aws-service-role/ecs.application-autoscaling.amazonaws.com',
        resourceName: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
      }),
    ),
  });
  switch (settings.scalingPolicy) {
    case 'target-tracking':
      holdCpu(target, 50);
      break;
    case 'active-users':
      holdActiveUsers(scope, props, target);
      // For load that the active users do not explain. Two target tracking policies never work against each other: the one
      // that wants more capacity wins, and only both together reduce it. Steps would reduce it alone.
      holdCpu(target, HIGH_PERCENT);
      break;
    default:
      addCpuSteps(scope, props, target);
  }
}

function holdCpu(
  target: appscaling.ScalableTarget,
  targetValue: number,
): void {
  target.scaleToTrackMetric('TargetTracking', {
    targetValue,
    predefinedMetric:
      appscaling.PredefinedMetric.ECS_SERVICE_AVERAGE_CPU_UTILIZATION,
    scaleOutCooldown: Duration.seconds(60),
    scaleInCooldown: Duration.seconds(300),
  });
}

/**
 * Users of the whole service (every task publishes the same number, hence the maximum), divided by the running tasks.
 * The quotient falls as the service grows, as target tracking requires. The target's own method does not support
 * expressions.
 */
function holdActiveUsers(
  scope: Construct,
  { fullName, settings, dimensions }: ScalingProps,
  target: appscaling.ScalableTarget,
): void {
  new appscaling.CfnScalingPolicy(scope, 'ActiveUsers', {
    policyName: `${fullName}-active-users`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: settings.activeUsersPerInstance,
      scaleOutCooldown: 60,
      scaleInCooldown: 300,
      customizedMetricSpecification: {
        metrics: [
          metric('users', 'Maximum', {
            namespace: 'CloudTrace/Service',
            metricName: 'ActiveUsers',
            dimensions: [{ name: 'ServiceName', value: fullName }],
          }),
          metric('tasks', 'Average', {
            namespace: 'ECS/ContainerInsights',
            metricName: 'RunningTaskCount',
            dimensions: Object.entries(dimensions).map(([name, value]) => ({
              name,
              value,
            })),
          }),
          {
            id: 'users_per_task',
            label: 'Active users per task',
            expression: 'users / tasks',
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
  of: appscaling.CfnScalingPolicy.TargetTrackingMetricProperty,
): appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  return { id, metricStat: { metric: of, stat }, returnData: false };
}

function addCpuSteps(
  scope: Construct,
  { fullName, dimensions }: ScalingProps,
  scalingTarget: appscaling.ScalableTarget,
): void {
  const cpu = new cloudwatch.Metric({
    namespace: 'AWS/ECS',
    metricName: 'CPUUtilization',
    statistic: cloudwatch.Stats.AVERAGE,
    dimensionsMap: { ...dimensions },
    period: Duration.minutes(1),
  });
  const common = {
    scalingTarget,
    adjustmentType: appscaling.AdjustmentType.CHANGE_IN_CAPACITY,
    metricAggregationType: appscaling.MetricAggregationType.AVERAGE,
    cooldown: Duration.seconds(120),
  };

  const up = new appscaling.StepScalingAction(scope, 'Up', common);
  up.addAdjustment({ lowerBound: 0, upperBound: 15, adjustment: 1 });
  up.addAdjustment({ lowerBound: 15, adjustment: 2 });
  new cloudwatch.Alarm(scope, 'ScaleUp', {
    alarmName: `${fullName}-scale-up`,
    alarmDescription: `CPUUtilization at or above ${HIGH_PERCENT}: adds tasks`,
    metric: cpu,
    threshold: HIGH_PERCENT,
    evaluationPeriods: 3,
    comparisonOperator:
      cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
  }).addAlarmAction(new ApplicationScalingAction(up));

  const down = new appscaling.StepScalingAction(scope, 'Down', common);
  down.addAdjustment({ upperBound: 0, adjustment: -1 });
  // Scaling in is slower than scaling out: it takes five times as many quiet minutes.
  new cloudwatch.Alarm(scope, 'ScaleDown', {
    alarmName: `${fullName}-scale-down`,
    alarmDescription: `CPUUtilization at or below ${LOW_PERCENT}: removes a task`,
    metric: cpu,
    threshold: LOW_PERCENT,
    evaluationPeriods: 15,
    comparisonOperator:
      cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.MISSING,
  }).addAlarmAction(new ApplicationScalingAction(down));
}

import type { ComputeModel, ScalingPolicyModel } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';
import { readEcs, readEcsScaling } from './ecs';
import { hasCluster, readEks } from './eks';
import { readInstance } from './instance';

/** What the service runs on. */
export function readCompute(template: CloudFormationTemplate): ComputeModel {
  if (hasCluster(template)) return readEks(template);
  return hasGroup(template) ? readGroup(template) : readEcs(template);
}

function hasGroup(template: CloudFormationTemplate): boolean {
  return template.all('AWS::AutoScaling::AutoScalingGroup').length > 0;
}

/** Auto Scaling group and its launch template. */
function readGroup(template: CloudFormationTemplate): ComputeModel {
  const [, resource] = template.entries(
    'AWS::AutoScaling::AutoScalingGroup',
  )[0];
  const group = resource.Properties ?? {};
  const mixed = group.MixedInstancesPolicy;
  const refresh = resource.UpdatePolicy?.AutoScalingInstanceRefresh;
  const data = template.one('AWS::EC2::LaunchTemplate').LaunchTemplateData;
  return {
    group: {
      name: group.AutoScalingGroupName,
      subnets: group.VPCZoneIdentifier.length,
      minSize: Number(group.MinSize),
      maxSize: Number(group.MaxSize),
      healthCheck: group.HealthCheckType,
      gracePeriodSeconds: group.HealthCheckGracePeriod,
      warmupSeconds: group.DefaultInstanceWarmup,
      rebalances: group.CapacityRebalance === true,
      metrics: sortedByContent(group.MetricsCollection[0].Metrics),
      notifies: sortedByContent(
        group.NotificationConfigurations[0].NotificationTypes,
      ),
      tagsOnLaunch: sortedByContent(
        group.Tags.filter((tag: Properties) => tag.PropagateAtLaunch).map(
          (tag: Properties) => tag.Key,
        ),
      ),
    },
    purchase: {
      types: mixed.LaunchTemplate.Overrides.map(
        (override: Properties) => override.InstanceType,
      ),
      onDemandBase: mixed.InstancesDistribution.OnDemandBaseCapacity,
      onDemandPercentAbove:
        mixed.InstancesDistribution.OnDemandPercentageAboveBaseCapacity,
      onDemandStrategy: mixed.InstancesDistribution.OnDemandAllocationStrategy,
      spotStrategy: mixed.InstancesDistribution.SpotAllocationStrategy,
    },
    replacement: {
      strategy: refresh.Strategy,
      warmupSeconds: refresh.Preferences.InstanceWarmup,
      minHealthyPercent: refresh.Preferences.MinHealthyPercentage,
      maxHealthyPercent: refresh.Preferences.MaxHealthyPercentage,
      rollsBack: refresh.Preferences.AutoRollback === true,
      skipsMatching: refresh.Preferences.SkipMatching === true,
    },
    instance: readInstance(template),
    task: null,
    cluster: null,
    userData: String(template.neutral(data.UserData)),
  };
}

/** Scaling policies of the service. */
export function readScaling(
  template: CloudFormationTemplate,
): ScalingPolicyModel[] {
  // Autoscalers in the cluster scale the pods: they are in the manifests.
  if (hasCluster(template)) return [];
  return hasGroup(template)
    ? readGroupScaling(template)
    : readEcsScaling(template);
}

function readGroupScaling(
  template: CloudFormationTemplate,
): ScalingPolicyModel[] {
  return sortedByContent(
    template.all('AWS::AutoScaling::ScalingPolicy').map(policy => ({
      type: policy.PolicyType,
      adjustment: policy.AdjustmentType ?? null,
      steps: sortedByContent(
        (policy.StepAdjustments ?? []).map(
          (step: Properties) =>
            `${step.MetricIntervalLowerBound ?? ''}..${
              step.MetricIntervalUpperBound ?? ''
            }: ${step.ScalingAdjustment}`,
        ) as string[],
      ),
      target: policy.TargetTrackingConfiguration?.TargetValue ?? null,
      metric: trackedMetric(policy, fullName(template)),
    })),
  );
}

function fullName(template: CloudFormationTemplate): string {
  return template.one('AWS::AutoScaling::AutoScalingGroup')
    .AutoScalingGroupName;
}

function trackedMetric(policy: Properties, groupName: string): string | null {
  const { PredefinedMetricSpecification, CustomizedMetricSpecification } =
    policy.TargetTrackingConfiguration ?? {};
  return CustomizedMetricSpecification
    ? sortedByContent(
        CustomizedMetricSpecification.Metrics.map((query: Properties) => {
          const { Metric, Stat } = query.MetricStat ?? {};
          const dimensions = (Metric?.Dimensions ?? []).map(
            ({ Name, Value }: Properties) =>
              `${Name}=${typeof Value === 'string' ? Value : groupName}`,
          );
          return Metric
            ? `${query.Id} = ${Stat} ${Metric.Namespace} ${Metric.MetricName} {${dimensions}}`
            : `returns ${query.ReturnData} ${query.Expression}`;
        }),
      ).join('; ')
    : PredefinedMetricSpecification?.PredefinedMetricType ?? null;
}

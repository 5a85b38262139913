import type {
  ComputeModel,
  Plain,
  ScalingPolicyModel,
} from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';

type Owner = 'service' | 'agents' | 'migration' | 'worker';

/** The download agents and the workers are ECS services too, and the migration a task. */
const ownerOf = (name: unknown): Owner => {
  if (/-agents?$/.test(String(name))) return 'agents';
  if (String(name).endsWith('-worker')) return 'worker';
  return String(name).endsWith('-migration') ? 'migration' : 'service';
};

/** Properties of the ECS service of the service, or of the download agents. */
export function ecsService(
  template: CloudFormationTemplate,
  owner: Owner,
): Properties | undefined {
  return template
    .all('AWS::ECS::Service')
    .find(({ ServiceName }) => ownerOf(ServiceName) === owner);
}

/** Properties of the task definition of an owner. */
export function taskDefinition(
  template: CloudFormationTemplate,
  owner: Owner,
): Properties {
  return template
    .all('AWS::ECS::TaskDefinition')
    .find(({ Family }) => ownerOf(Family) === owner)!;
}

/** Scaling policies of an owner: those of the agents follow the queue. */
export function ecsPolicies(
  template: CloudFormationTemplate,
  owner: Owner,
): Properties[] {
  return template
    .all('AWS::ApplicationAutoScaling::ScalingPolicy')
    .filter(policy => ownerOfPolicy(policy) === owner);
}

function ownerOfPolicy(policy: Properties): Owner {
  const { CustomizedMetricSpecification: metric } =
    policy.TargetTrackingScalingPolicyConfiguration ?? {};
  return metric?.Namespace === 'AWS/SQS'
    ? 'agents'
    : ownerOf(policy.PolicyName);
}

/** The range of the number of tasks of an owner. */
export function ecsRange(
  template: CloudFormationTemplate,
  owner: Owner,
): Properties {
  const [policy] = ecsPolicies(template, owner);
  const id = template.target(policy.ScalingTargetId);
  return template
    .entries('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(([logicalId]) => logicalId === id)![1].Properties!;
}

/** ECS service and its tasks. */
export function readEcs(template: CloudFormationTemplate): ComputeModel {
  const service = ecsService(template, 'service')!;
  const task = taskDefinition(template, 'service');
  const range = ecsRange(template, 'service');
  const network = service.NetworkConfiguration.AwsvpcConfiguration;
  const deployment = service.DeploymentConfiguration;
  return {
    group: {
      name: service.ServiceName,
      subnets: network.Subnets.length,
      minSize: range.MinCapacity,
      maxSize: range.MaxCapacity,
      healthCheck: service.LoadBalancers?.length > 0 ? 'ELB' : 'none',
      gracePeriodSeconds: service.HealthCheckGracePeriodSeconds,
      rebalances: service.AvailabilityZoneRebalancing === 'ENABLED',
    },
    purchase: {
      ...onDemand(service.CapacityProviderStrategy),
      strategies: sortedByContent(
        service.CapacityProviderStrategy.map(
          ({ CapacityProvider, Base, Weight }: Properties) =>
            `${CapacityProvider}: base ${Base ?? 0}, weight ${Weight}`,
        ) as string[],
      ),
    },
    replacement: {
      strategy: 'ECS',
      minHealthyPercent: deployment.MinimumHealthyPercent,
      maxHealthyPercent: deployment.MaximumPercent,
      rollsBack: deployment.DeploymentCircuitBreaker.Rollback === true,
    },
    instance: null,
    task: {
      size: `${task.Cpu} CPU, ${task.Memory} MiB`,
      publicAddress: network.AssignPublicIp === 'ENABLED',
      volumes: sortedByContent(
        task.Volumes.map(({ Name }: Properties) => Name) as string[],
      ),
      containers: (
        template.neutral(task.ContainerDefinitions) as unknown as Properties[]
      ).map(readContainer),
    },
    cluster: null,
    userData: '',
  };
}

function onDemand(strategies: readonly Properties[]) {
  const fargate = strategies.find(
    ({ CapacityProvider }) => CapacityProvider === 'FARGATE',
  );
  return {
    onDemandBase: Number(fargate?.Base ?? 0),
    onDemandPercentAbove: Number(fargate?.Weight ?? 0) > 0 ? 100 : 0,
  };
}

function readContainer(container: Properties): Record<string, Plain> {
  return {
    name: container.Name,
    image: container.Image,
    essential: container.Essential,
    user: container.User ?? null,
    readOnly: container.ReadonlyRootFilesystem,
    command: container.Command ?? null,
    dropped: container.LinuxParameters?.Capabilities.Drop ?? null,
    stopTimeout: container.StopTimeout ?? null,
    ports: (container.PortMappings ?? []).map(
      (mapping: Properties) => mapping.ContainerPort,
    ),
    mounts: container.MountPoints.map(
      (mount: Properties) =>
        `${mount.SourceVolume} at ${mount.ContainerPath}${
          mount.ReadOnly ? ', read only' : ''
        }`,
    ),
    dependsOn: (container.DependsOn ?? []).map(
      (other: Properties) => `${other.ContainerName}: ${other.Condition}`,
    ),
    environment: sortedByContent(
      (container.Environment ?? []).map(
        ({ Name, Value }: Properties) => `${Name}=${Value}`,
      ) as string[],
    ),
  };
}

/** Scaling policies of the service. */
export function readEcsScaling(
  template: CloudFormationTemplate,
): ScalingPolicyModel[] {
  return sortedByContent(
    ecsPolicies(template, 'service').map(policy => {
      const steps = policy.StepScalingPolicyConfiguration;
      const tracking = policy.TargetTrackingScalingPolicyConfiguration;
      return {
        type: policy.PolicyType,
        adjustment: steps?.AdjustmentType ?? null,
        steps: sortedByContent(
          (steps?.StepAdjustments ?? []).map(
            (step: Properties) =>
              `${step.MetricIntervalLowerBound ?? ''}..${
                step.MetricIntervalUpperBound ?? ''
              }: ${step.ScalingAdjustment}`,
          ) as string[],
        ),
        target: tracking?.TargetValue ?? null,
        metric: tracking ? trackedMetric(template, tracking) : null,
      };
    }),
  );
}

function trackedMetric(
  template: CloudFormationTemplate,
  tracking: Properties,
): string {
  const { PredefinedMetricSpecification, CustomizedMetricSpecification } =
    tracking;
  if (!CustomizedMetricSpecification) {
    return PredefinedMetricSpecification.PredefinedMetricType;
  }
  return sortedByContent(
    CustomizedMetricSpecification.Metrics.map((query: Properties) => {
      const { Metric, Stat } = query.MetricStat ?? {};
      if (!Metric) return `returns ${query.ReturnData} ${query.Expression}`;
      const dimensions = sortedByContent(
        Metric.Dimensions.map(
          ({ Name, Value }: Properties) => `${Name}=${nameOf(template, Value)}`,
        ) as string[],
      );
      return `${query.Id} = ${Stat} ${Metric.Namespace} ${Metric.MetricName} {${dimensions}}`;
    }) as string[],
  ).join('; ');
}

/** The name of the cluster or service that a value refers to. */
function nameOf(template: CloudFormationTemplate, value: unknown): string {
  const id = template.target(value);
  const [, resource] =
    template.resources.find(([logicalId]) => logicalId === id) ?? [];
  const { ClusterName, ServiceName } = resource?.Properties ?? {};
  return ClusterName ?? ServiceName ?? String(value);
}

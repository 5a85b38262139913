import type {
  ComputeModel,
  Plain,
  ScalingPolicyModel,
} from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import {
  block,
  blocks,
  neutralJson,
  type StateObject,
  type TerraformState,
} from './TerraformState';

type Owner = 'service' | 'agents' | 'migration' | 'worker';

/** The download agents and the workers are ECS services too, and the migration a task. */
const ownerOf = (values: StateObject): Owner => {
  const name = String(values.name ?? values.resource_id ?? values.family);
  if (/-(?:agents?|backlog)$/.test(name)) return 'agents';
  if (name.endsWith('-worker')) return 'worker';
  return name.endsWith('-migration') ? 'migration' : 'service';
};

/** Values of the only resource of a type that belongs to an owner. */
export function oneOf(
  state: TerraformState,
  type: string,
  owner: Owner,
): StateObject {
  const found = state.all(type).filter(values => ownerOf(values) === owner);
  if (found.length !== 1) {
    throw new Error(`${found.length} resources of type ${type} of ${owner}`);
  }
  return found[0];
}

/** ECS service and its tasks. */
export function readEcs(state: TerraformState): ComputeModel {
  const service = oneOf(state, 'aws_ecs_service', 'service');
  const task = oneOf(state, 'aws_ecs_task_definition', 'service');
  const range = oneOf(state, 'aws_appautoscaling_target', 'service');
  const network = block(service, 'network_configuration');
  const strategies = blocks(service, 'capacity_provider_strategy');
  return {
    group: {
      name: service.name as Plain,
      subnets: (network.subnets as unknown[]).length,
      minSize: Number(range.min_capacity),
      maxSize: Number(range.max_capacity),
      healthCheck: blocks(service, 'load_balancer').length > 0 ? 'ELB' : 'none',
      gracePeriodSeconds: Number(service.health_check_grace_period_seconds),
      rebalances: service.availability_zone_rebalancing === 'ENABLED',
    },
    purchase: {
      ...onDemand(strategies),
      strategies: sortedByContent(
        strategies.map(
          ({ capacity_provider, base, weight }) =>
            `${capacity_provider}: base ${base ?? 0}, weight ${weight}`,
        ),
      ),
    },
    replacement: {
      strategy: 'ECS',
      minHealthyPercent: Number(service.deployment_minimum_healthy_percent),
      maxHealthyPercent: Number(service.deployment_maximum_percent),
      rollsBack: block(service, 'deployment_circuit_breaker').rollback === true,
    },
    instance: null,
    task: {
      size: `${task.cpu} CPU, ${task.memory} MiB`,
      publicAddress: network.assign_public_ip === true,
      volumes: sortedByContent(
        blocks(task, 'volume').map(({ name }) => String(name)),
      ),
      containers: (
        neutralJson(task.container_definitions) as Record<string, any>[]
      ).map(container => ({
        name: container.name,
        image: container.image,
        essential: container.essential,
        user: container.user ?? null,
        readOnly: container.readonlyRootFilesystem,
        command: container.command ?? null,
        dropped: container.linuxParameters?.capabilities.drop ?? null,
        stopTimeout: container.stopTimeout ?? null,
        ports: (container.portMappings ?? []).map(
          (mapping: any) => mapping.containerPort,
        ),
        mounts: container.mountPoints.map(
          (mount: any) =>
            `${mount.sourceVolume} at ${mount.containerPath}${
              mount.readOnly ? ', read only' : ''
            }`,
        ),
        dependsOn: (container.dependsOn ?? []).map(
          (other: any) => `${other.containerName}: ${other.condition}`,
        ),
        environment: sortedByContent(
          (container.environment ?? []).map(
            ({ name, value }: any) => `${name}=${value}`,
          ) as string[],
        ),
      })),
    },
    cluster: null,
    userData: '',
  };
}

function onDemand(strategies: readonly StateObject[]) {
  const fargate = strategies.find(
    ({ capacity_provider }) => capacity_provider === 'FARGATE',
  );
  return {
    onDemandBase: Number(fargate?.base ?? 0),
    onDemandPercentAbove: Number(fargate?.weight ?? 0) > 0 ? 100 : 0,
  };
}

/** Scaling policies of the service. */
export function readEcsScaling(state: TerraformState): ScalingPolicyModel[] {
  return sortedByContent(
    state
      .all('aws_appautoscaling_policy')
      .filter(policy => ownerOf(policy) === 'service')
      .map(policy => {
        const [steps] = blocks(policy, 'step_scaling_policy_configuration');
        const [tracking] = blocks(
          policy,
          'target_tracking_scaling_policy_configuration',
        );
        return {
          type: String(policy.policy_type),
          adjustment: steps ? String(steps.adjustment_type) : null,
          steps: sortedByContent(
            (steps ? blocks(steps, 'step_adjustment') : []).map(
              step =>
                `${step.metric_interval_lower_bound || ''}..${
                  step.metric_interval_upper_bound || ''
                }: ${step.scaling_adjustment}`,
            ),
          ),
          target: tracking ? Number(tracking.target_value) : null,
          metric: tracking ? trackedMetric(tracking) : null,
        };
      }),
  );
}

function trackedMetric(tracking: StateObject): string {
  const [predefined] = blocks(tracking, 'predefined_metric_specification');
  if (predefined) return String(predefined.predefined_metric_type);
  return sortedByContent(
    blocks(block(tracking, 'customized_metric_specification'), 'metrics').map(
      query => {
        const [stat] = blocks(query, 'metric_stat');
        if (!stat) return `returns ${query.return_data} ${query.expression}`;
        const metric = block(stat, 'metric');
        const dimensions = sortedByContent(
          blocks(metric, 'dimensions').map(
            ({ name, value }) => `${name}=${value}`,
          ),
        );
        return `${query.id} = ${stat.stat} ${metric.namespace} ${metric.metric_name} {${dimensions}}`;
      },
    ),
  ).join('; ');
}

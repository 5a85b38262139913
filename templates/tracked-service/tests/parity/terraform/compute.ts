import type {
  ComputeModel,
  Plain,
  ScalingPolicyModel,
} from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { readEcs, readEcsScaling } from './ecs';
import { readEks } from './eks';
import { readInstance } from './instance';
import {
  block,
  blocks,
  neutral,
  type StateObject,
  type TerraformState,
} from './TerraformState';

/** What the service runs on. */
export function readCompute(state: TerraformState): ComputeModel {
  const cluster = state.optional('aws_eks_cluster');
  if (cluster) return readEks(state, cluster);
  const group = state.optional('aws_autoscaling_group');
  return group ? readGroup(state, group) : readEcs(state);
}

/** Auto Scaling group and its launch template. */
function readGroup(state: TerraformState, group: StateObject): ComputeModel {
  const mixed = block(group, 'mixed_instances_policy');
  const distribution = block(mixed, 'instances_distribution');
  const refresh = block(group, 'instance_refresh');
  const preferences = block(refresh, 'preferences');
  const template = state.one('aws_launch_template');
  const notification = state.one('aws_autoscaling_notification');
  return {
    group: {
      name: group.name as Plain,
      subnets: (group.vpc_zone_identifier as unknown[]).length,
      minSize: Number(group.min_size),
      maxSize: Number(group.max_size),
      healthCheck: group.health_check_type as Plain,
      gracePeriodSeconds: Number(group.health_check_grace_period),
      warmupSeconds: Number(group.default_instance_warmup),
      rebalances: group.capacity_rebalance === true,
      metrics: sortedByContent(group.enabled_metrics as Plain[]),
      notifies: sortedByContent(notification.notifications as Plain[]),
      tagsOnLaunch: sortedByContent(
        blocks(group, 'tag')
          .filter(tag => tag.propagate_at_launch)
          .map(tag => String(tag.key)),
      ),
    },
    purchase: {
      types: blocks(block(mixed, 'launch_template'), 'override').map(
        ({ instance_type }) => String(instance_type),
      ),
      onDemandBase: Number(distribution.on_demand_base_capacity),
      onDemandPercentAbove: Number(
        distribution.on_demand_percentage_above_base_capacity,
      ),
      onDemandStrategy: distribution.on_demand_allocation_strategy as Plain,
      spotStrategy: distribution.spot_allocation_strategy as Plain,
    },
    replacement: {
      strategy: refresh.strategy as Plain,
      warmupSeconds: Number(preferences.instance_warmup),
      minHealthyPercent: Number(preferences.min_healthy_percentage),
      maxHealthyPercent: Number(preferences.max_healthy_percentage),
      rollsBack: preferences.auto_rollback === true,
      skipsMatching: preferences.skip_matching === true,
    },
    instance: readInstance(template),
    task: null,
    cluster: null,
    userData: readUserData(state, String(template.user_data)),
  };
}

// Terraform identifies a log group by its name where CloudFormation refers to it.
function readUserData(state: TerraformState, encoded: string): string {
  return state
    .all('aws_cloudwatch_log_group')
    .reduce(
      (text, { name }) => text.replaceAll(String(name), '<log-group>'),
      neutral(Buffer.from(encoded, 'base64').toString('utf8')),
    );
}

/** Scaling policies of the service. */
export function readScaling(state: TerraformState): ScalingPolicyModel[] {
  // Autoscalers in the cluster scale the pods: they are in the manifests.
  if (state.optional('aws_eks_cluster')) return [];
  return state.optional('aws_autoscaling_group')
    ? readGroupScaling(state)
    : readEcsScaling(state);
}

function readGroupScaling(state: TerraformState): ScalingPolicyModel[] {
  return sortedByContent(
    state.all('aws_autoscaling_policy').map(policy => {
      const [tracking] = blocks(policy, 'target_tracking_configuration');
      return {
        type: String(policy.policy_type),
        adjustment: (policy.adjustment_type as string | null) ?? null,
        steps: sortedByContent(
          blocks(policy, 'step_adjustment').map(
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
  ).map(policy =>
    policy.type === 'StepScaling' ? policy : { ...policy, adjustment: null },
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
        const dimensions = blocks(metric, 'dimensions').map(
          ({ name, value }) => `${name}=${value}`,
        );
        return `${query.id} = ${stat.stat} ${metric.namespace} ${metric.metric_name} {${dimensions}}`;
      },
    ),
  ).join('; ');
}

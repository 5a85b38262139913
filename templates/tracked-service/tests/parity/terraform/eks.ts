import type { ClusterModel, ComputeModel, Plain } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import { readInstance } from './instance';
import {
  block,
  blocks,
  neutral,
  neutralJson,
  type StateObject,
  type TerraformState,
} from './TerraformState';

/** EKS cluster and its nodes. */
export function readEks(
  state: TerraformState,
  cluster: StateObject,
): ComputeModel {
  const groups = state.all('aws_eks_node_group');
  const sum = (key: string, of = groups) =>
    of.reduce(
      (total, group) => total + Number(block(group, 'scaling_config')[key]),
      0,
    );
  const onDemand = groups.filter(
    ({ capacity_type }) => capacity_type === 'ON_DEMAND',
  );
  return {
    group: {
      name: cluster.name as Plain,
      subnets: new Set(
        groups.flatMap(({ subnet_ids }) => subnet_ids as unknown[]),
      ).size,
      minSize: sum('min_size'),
      maxSize: sum('max_size'),
      groups: sortedByContent(groups.map(describeGroup)),
    },
    purchase: {
      types: groups[0].instance_types as Plain,
      onDemandBase: sum('min_size', onDemand),
      onDemandPercentAbove: onDemand.length === groups.length ? 100 : 0,
    },
    replacement: {
      strategy: 'EKS',
      maxUnavailable: Math.max(
        ...groups.map(group =>
          Number(block(group, 'update_config').max_unavailable),
        ),
      ),
      repairs: groups.every(group =>
        blocks(group, 'node_repair_config').some(({ enabled }) => enabled),
      ),
    },
    instance: readInstance(state.one('aws_launch_template')),
    task: null,
    cluster: readCluster(state, cluster),
    userData: '',
  };
}

function describeGroup(group: StateObject): string {
  const { min_size, desired_size, max_size } = block(group, 'scaling_config');
  return `${group.node_group_name}: ${group.capacity_type} ${group.ami_type} ${group.version} ${min_size}..${max_size}, ${desired_size} at first`;
}

function readCluster(
  state: TerraformState,
  cluster: StateObject,
): ClusterModel {
  const access = block(cluster, 'access_config');
  const network = block(cluster, 'vpc_config');
  const [encryption] = blocks(cluster, 'encryption_config');
  return {
    controlPlane: {
      version: cluster.version as Plain,
      authentication: access.authentication_mode as Plain,
      creatorIsAdmin:
        access.bootstrap_cluster_creator_admin_permissions as Plain,
      selfManagedAddOns: cluster.bootstrap_self_managed_addons as Plain,
      deletionProtection: cluster.deletion_protection as Plain,
      privateEndpoint: network.endpoint_private_access as Plain,
      publicEndpoint: network.endpoint_public_access as Plain,
      publicNetworks: network.endpoint_public_access
        ? (network.public_access_cidrs as Plain)
        : [],
      subnets: (network.subnet_ids as unknown[]).length,
      logs: sortedByContent(
        (cluster.enabled_cluster_log_types ?? []) as Plain[],
      ),
      encrypts: (encryption?.resources ?? []) as Plain,
      key: encryption
        ? neutral(String(block(encryption, 'provider').key_arn))
        : null,
    },
    access: readAccess(state),
    addOns: sortedByContent(
      state.all('aws_eks_addon').map(addOn => {
        const accounts = blocks(addOn, 'pod_identity_association').map(
          ({ service_account }) => String(service_account),
        );
        return [
          addOn.addon_name,
          isInvented(addOn.addon_version) ? 'default' : addOn.addon_version,
          isInvented(addOn.configuration_values)
            ? '{}'
            : addOn.configuration_values,
          ...accounts,
        ].join(' ');
      }),
    ),
    podIdentities: sortedByContent(
      state
        .all('aws_eks_pod_identity_association')
        .map(
          ({ namespace, service_account }) => `${namespace}/${service_account}`,
        ),
    ),
    environment: readEnvironment(state),
  };
}

function readAccess(state: TerraformState): string[] {
  const policies = state.all('aws_eks_access_policy_association');
  return sortedByContent(
    state.all('aws_eks_access_entry').map(entry => {
      const rights = [
        ...policies
          .filter(({ principal_arn }) => principal_arn === entry.principal_arn)
          .map(
            policy =>
              `${policy.policy_arn} in ${block(policy, 'access_scope').type}`,
          ),
        ...(Array.isArray(entry.kubernetes_groups)
          ? entry.kubernetes_groups
          : []),
      ];
      const role = state
        .all('aws_iam_role')
        .find(({ arn }) => arn === entry.principal_arn);
      // Name of a role of this state, or the ARN of another one.
      return `${role?.name ?? entry.principal_arn}: ${rights}`;
    }),
  );
}

/** A value that the configuration does not set. */
function isInvented(value: unknown): boolean {
  return !value || /^aws_\w+-\d+-/.test(String(value));
}

function readEnvironment(state: TerraformState): string[] {
  const parameter = state
    .all('aws_ssm_parameter')
    .find(({ name }) => String(name).endsWith('/service-environment'))!;
  const variables = neutralJson(parameter.value) as Record<string, string>;
  return sortedByContent(
    Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  );
}

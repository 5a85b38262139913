import type { ClusterModel, ComputeModel } from '../InfrastructureModel';
import { sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';
import { readInstance } from './instance';

/** Whether the service runs on EKS. */
export function hasCluster(template: CloudFormationTemplate): boolean {
  return template.all('AWS::EKS::Cluster').length > 0;
}

/** EKS cluster and its nodes. */
export function readEks(template: CloudFormationTemplate): ComputeModel {
  const cluster = template.one('AWS::EKS::Cluster');
  const groups = template.all('AWS::EKS::Nodegroup');
  const sum = (key: string, of = groups) =>
    of.reduce((total, { ScalingConfig }) => total + ScalingConfig[key], 0);
  const onDemand = groups.filter(
    ({ CapacityType }) => CapacityType === 'ON_DEMAND',
  );
  return {
    group: {
      name: cluster.Name,
      subnets: new Set(
        groups.flatMap(({ Subnets }) => Subnets.map(template.target)),
      ).size,
      minSize: sum('MinSize'),
      maxSize: sum('MaxSize'),
      groups: sortedByContent(groups.map(describeGroup)),
    },
    purchase: {
      types: groups[0].InstanceTypes,
      onDemandBase: sum('MinSize', onDemand),
      onDemandPercentAbove: onDemand.length === groups.length ? 100 : 0,
    },
    replacement: {
      strategy: 'EKS',
      maxUnavailable: Math.max(
        ...groups.map(({ UpdateConfig }) => UpdateConfig.MaxUnavailable),
      ),
      repairs: groups.every(
        ({ NodeRepairConfig }) => NodeRepairConfig?.Enabled === true,
      ),
    },
    instance: readInstance(template),
    task: null,
    cluster: readCluster(template, cluster),
    userData: '',
  };
}

function describeGroup(group: Properties): string {
  const { MinSize, DesiredSize, MaxSize } = group.ScalingConfig;
  return `${group.NodegroupName}: ${group.CapacityType} ${group.AmiType} ${group.Version} ${MinSize}..${MaxSize}, ${DesiredSize} at first`;
}

function readCluster(
  template: CloudFormationTemplate,
  cluster: Properties,
): ClusterModel {
  const { AccessConfig, Logging, ResourcesVpcConfig } = cluster;
  const [encryption] = cluster.EncryptionConfig ?? [];
  return {
    controlPlane: {
      version: cluster.Version,
      authentication: AccessConfig.AuthenticationMode,
      creatorIsAdmin: AccessConfig.BootstrapClusterCreatorAdminPermissions,
      selfManagedAddOns: cluster.BootstrapSelfManagedAddons,
      deletionProtection: cluster.DeletionProtection,
      privateEndpoint: ResourcesVpcConfig.EndpointPrivateAccess,
      publicEndpoint: ResourcesVpcConfig.EndpointPublicAccess,
      publicNetworks: ResourcesVpcConfig.PublicAccessCidrs ?? [],
      subnets: ResourcesVpcConfig.SubnetIds.length,
      logs: sortedByContent(
        (Logging?.ClusterLogging.EnabledTypes ?? []).map(
          ({ Type }: Properties) => Type,
        ),
      ),
      encrypts: encryption?.Resources ?? [],
      key: template.neutral(encryption?.Provider.KeyArn),
    },
    access: sortedByContent(
      template.all('AWS::EKS::AccessEntry').map(entry => {
        const rights = [
          ...(entry.AccessPolicies ?? []).map(
            ({ PolicyArn, AccessScope }: Properties) =>
              `${template.neutral(PolicyArn)} in ${AccessScope.Type}`,
          ),
          ...(entry.KubernetesGroups ?? []),
        ];
        return `${principalOf(template, entry)}: ${rights}`;
      }),
    ),
    addOns: sortedByContent(
      template.all('AWS::EKS::Addon').map(addOn => {
        const accounts = (addOn.PodIdentityAssociations ?? []).map(
          ({ ServiceAccount }: Properties) => ServiceAccount,
        );
        return [
          addOn.AddonName,
          addOn.AddonVersion ?? 'default',
          addOn.ConfigurationValues ?? '{}',
          ...accounts,
        ].join(' ');
      }),
    ),
    podIdentities: sortedByContent(
      template
        .all('AWS::EKS::PodIdentityAssociation')
        .map(
          ({ Namespace, ServiceAccount }) => `${Namespace}/${ServiceAccount}`,
        ),
    ),
    environment: readEnvironment(template),
  };
}

/** Name of a role of the template, or the ARN of another one. */
function principalOf(
  template: CloudFormationTemplate,
  { PrincipalArn }: Properties,
): unknown {
  const target = template.target(PrincipalArn);
  const role = template
    .entries('AWS::IAM::Role')
    .find(([id]) => id === target)?.[1];
  return role?.Properties?.RoleName ?? template.neutral(PrincipalArn);
}

function readEnvironment(template: CloudFormationTemplate): string[] {
  const parameter = template
    .all('AWS::SSM::Parameter')
    .find(({ Name }) => String(Name).endsWith('/service-environment'))!;
  const variables = JSON.parse(String(template.neutral(parameter.Value)));
  return sortedByContent(
    Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  );
}

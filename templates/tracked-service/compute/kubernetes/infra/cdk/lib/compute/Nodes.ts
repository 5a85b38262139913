import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Network } from '../Network.ts';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';

/** Properties of {@link Nodes}. */
export interface NodesProps {
  /** Service and environment: name of the cluster. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  readonly cluster: eks.CfnCluster;
  readonly securityGroups: readonly ec2.ISecurityGroup[];
}

/** One group of nodes per zone: otherwise a zone may end up without nodes. */
export class Nodes extends Construct {
  readonly groups: readonly eks.CfnNodegroup[];

  constructor(scope: Construct, id: string, props: NodesProps) {
    super(scope, id);
    const { settings, network } = props;
    const role = this.#role(props);
    const launchTemplate = this.#launchTemplate(props);
    const { subnets } = network.vpc.selectSubnets(network.privateSubnets);

    this.groups = subnets.flatMap(subnet => {
      const common = { ...props, role, launchTemplate, subnet };
      return [
        this.#group(subnet.availabilityZone, 'ON_DEMAND', common),
        // In addition to the nodes on demand, which therefore have room for minSize pods.
        ...(settings.spotEnabled
          ? [this.#group(`${subnet.availabilityZone}-spot`, 'SPOT', common)]
          : []),
      ];
    });
  }

  #group(
    name: string,
    capacityType: 'ON_DEMAND' | 'SPOT',
    {
      settings,
      cluster,
      role,
      launchTemplate,
      subnet,
    }: NodesProps & {
      readonly role: iam.Role;
      readonly launchTemplate: ec2.CfnLaunchTemplate;
      readonly subnet: ec2.ISubnet;
    },
  ): eks.CfnNodegroup {
    const isOnDemand = capacityType === 'ON_DEMAND';
    const group = new eks.CfnNodegroup(this, name, {
      clusterName: cluster.ref,
      nodegroupName: name,
      nodeRole: role.roleArn,
      subnets: [subnet.subnetId],
      version: settings.kubernetesVersion,
      amiType: 'BOTTLEROCKET_x86_64',
      capacityType,
      instanceTypes: settings.nodeInstanceTypes,
      launchTemplate: {
        id: launchTemplate.ref,
        version: launchTemplate.attrLatestVersionNumber,
      },
      // CloudFormation sets the desired size only when it changes here.
      scalingConfig: {
        minSize: isOnDemand ? settings.nodeMinSize : 0,
        desiredSize: isOnDemand ? settings.nodeMinSize : 1,
        maxSize: settings.nodeMaxSize,
      },
      updateConfig: { maxUnavailable: 1 },
      // Replaces nodes that are not ready.
      nodeRepairConfig: { enabled: true },
    });
    group.node.addDependency(role);
    return group;
  }

  #launchTemplate({
    fullName,
    settings,
    securityGroups,
  }: NodesProps): ec2.CfnLaunchTemplate {
    const tags = [
      { key: 'cloudtrace:entity-ref', value: settings.entityRef },
      { key: 'cloudtrace:environment', value: settings.environment },
      { key: 'managed-by', value: 'cdk' },
      { key: 'Name', value: `${fullName}-node` },
    ];
    return new ec2.CfnLaunchTemplate(this, 'LaunchTemplate', {
      launchTemplateName: `${fullName}-nodes`,
      versionDescription: `One node of ${fullName}`,
      launchTemplateData: {
        securityGroupIds: securityGroups.map(group => group.securityGroupId),
        // IMDSv2 only. With one hop, pods cannot get the permissions of their node.
        metadataOptions: {
          httpEndpoint: 'enabled',
          httpTokens: 'required',
          httpPutResponseHopLimit: 1,
        },
        monitoring: { enabled: true },
        // Bottlerocket: its system, which nobody can write to, and the data of containers.
        blockDeviceMappings: [disk('/dev/xvda', 4), disk('/dev/xvdb', 40)],
        // The network plugin may only change network interfaces with the name of the cluster.
        tagSpecifications: [
          { resourceType: 'instance', tags },
          {
            resourceType: 'network-interface',
            tags: [
              ...tags,
              { key: 'cluster.k8s.amazonaws.com/name', value: fullName },
            ],
          },
          { resourceType: 'volume', tags },
        ],
      },
    });
  }

  #role({ fullName, settings }: NodesProps): iam.Role {
    const stack = Stack.of(this);
    const { partition, region } = stack;
    const role = new iam.Role(this, 'Role', {
      description: `Nodes of ${fullName}`,
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    });
    const allow = (sid: string, actions: string[], resources: string[]) =>
      role.addToPolicy(new iam.PolicyStatement({ sid, actions, resources }));

    allow('LogInToRegistry', ['ecr:GetAuthorizationToken'], ['*']);
    // Of the service, and of add-ons from registries of AWS.
    const addOnImages = ['amazon*', 'eks/*'].map(
      name => `arn:${partition}:ecr:${region}:*:repository/${name}`,
    );
    allow(
      'PullImages',
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      [
        stack.formatArn({
          service: 'ecr',
          resource: 'repository',
          resourceName: settings.name,
        }),
        ...addOnImages,
      ],
    );
    allow(
      'ReadInstances',
      ['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes'],
      ['*'],
    );
    allow(
      'JoinCluster',
      ['eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity'],
      [
        stack.formatArn({
          service: 'eks',
          resource: 'cluster',
          resourceName: fullName,
        }),
      ],
    );
    acknowledge(role, {
      'IAM5[Resource::*]':
        'ecr:GetAuthorizationToken and reading EC2 do not support resource-level permissions.',
      ...Object.fromEntries(
        addOnImages.map(image => [
          `IAM5[Resource::${image}]`,
          'Images of add-ons are in registries of AWS, whose account depends on the region; nodes can only pull.',
        ]),
      ),
    });
    return role;
  }
}

function disk(
  deviceName: string,
  volumeSize: number,
): ec2.CfnLaunchTemplate.BlockDeviceMappingProperty {
  return {
    deviceName,
    ebs: {
      volumeType: 'gp3',
      volumeSize,
      encrypted: true,
      deleteOnTermination: true,
    },
  };
}

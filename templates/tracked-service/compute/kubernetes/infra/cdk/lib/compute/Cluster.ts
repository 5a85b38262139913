import { Stack, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Network } from '../Network.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';

const CONTROL_PLANE_LOGS = [
  'api',
  'audit',
  'authenticator',
  'controllerManager',
  'scheduler',
];

/** Properties of {@link Cluster}. */
export interface ClusterProps {
  /** Service and environment: name of the cluster. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  /** Security group of the control plane. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly encryptionKey: kms.IKey;
  /** Role of the portal, which shows the pods; `undefined` if there is none. */
  readonly portalRole: iam.Role | undefined;
}

/** The control plane, and who may use it. */
export class Cluster extends Construct {
  readonly cluster: eks.CfnCluster;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { fullName, settings, network, encryptionKey } = props;
    const { clusterPublicAccessCidrs } = settings;
    const isPublic = clusterPublicAccessCidrs.length > 0;

    // EKS writes into a log group of this name, and would create it without key and retention.
    const logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/aws/eks/${fullName}/cluster`,
      retentionDays: settings.logRetentionDays,
      encryptionKey,
    });
    const role = this.#role(props);
    this.cluster = new eks.CfnCluster(this, 'Cluster', {
      name: fullName,
      version: settings.kubernetesVersion,
      roleArn: role.roleArn,
      bootstrapSelfManagedAddons: false,
      deletionProtection: settings.deletionProtection,
      logging: {
        clusterLogging: {
          enabledTypes: CONTROL_PLANE_LOGS.map(type => ({ type })),
        },
      },
      // Whoever creates the cluster gets no access for it.
      accessConfig: {
        authenticationMode: 'API',
        bootstrapClusterCreatorAdminPermissions: false,
      },
      encryptionConfig: [
        {
          resources: ['secrets'],
          provider: { keyArn: encryptionKey.keyArn },
        },
      ],
      resourcesVpcConfig: {
        subnetIds: network.vpc.selectSubnets(network.privateSubnets).subnetIds,
        securityGroupIds: [props.securityGroup.securityGroupId],
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        ...(isPublic && { publicAccessCidrs: clusterPublicAccessCidrs }),
      },
    });
    this.cluster.node.addDependency(logGroup, role);
    Validations.of(this.cluster).acknowledge({
      id: 'CloudFormation-Validate::W9009',
      reason:
        'EKS still accepts which resources it encrypts, and scanners look for the secrets among them.',
    });
    if (isPublic) {
      acknowledge(this.cluster, {
        EKS1: 'The setting clusterPublicAccessCidrs names the networks that may reach the API.',
      });
    }
    this.#access(settings);
    if (props.portalRole) this.#showTo(props.portalRole, fullName);
  }

  /** What the control plane needs without load balancers of its own. */
  #role({ fullName, encryptionKey }: ClusterProps): iam.Role {
    const { partition, region } = Stack.of(this);
    const role = new iam.Role(this, 'Role', {
      description: `Control plane of ${fullName}`,
      assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
    });
    // https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
    role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'TagNodes',
        actions: ['ec2:CreateTags'],
        resources: [
          Stack.of(this).formatArn({
            service: 'ec2',
            resource: 'instance',
            resourceName: '*',
          }),
        ],
        conditions: {
          'ForAnyValue:StringLike': {
            'aws:TagKeys': 'kubernetes.io/cluster/*',
          },
        },
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'ReadNodes',
        actions: [
          'ec2:DescribeAvailabilityZones',
          'ec2:DescribeDhcpOptions',
          'ec2:DescribeInstanceTopology',
          'ec2:DescribeInstances',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeVpcs',
        ],
        resources: ['*'],
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'EncryptSecrets',
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt'],
        resources: [encryptionKey.keyArn],
      }),
    );
    acknowledge(role, {
      'IAM5[Resource::*]':
        'Reading EC2 does not support resource-level permissions.',
      [`IAM5[Resource::arn:${partition}:ec2:${region}:<AWS::AccountId>:instance/*]`]:
        'Nodes have no names in their ARNs; only tags of a cluster are allowed.',
    });
    return role;
  }

  /** The roles of the pipeline are made by `infra/bootstrap`. */
  #access({ name, environment, clusterAdminRoleArns }: ServiceSettings): void {
    const { account, partition } = Stack.of(this);
    const pipelineRole = (task: string) =>
      `arn:${partition}:iam::${account}:role/${name}-pipeline-${task}-${environment}`;

    // The pipeline may do anything to the cluster in AWS, so less in Kubernetes would protect nothing.
    [pipelineRole('deploy'), ...clusterAdminRoleArns].forEach(
      (principalArn, index) =>
        new eks.CfnAccessEntry(this, `Admin${index}`, {
          clusterName: this.cluster.ref,
          principalArn,
          accessPolicies: [
            {
              policyArn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
              accessScope: { type: 'cluster' },
            },
          ],
        }),
    );
    // Ends pods and drains nodes; a role of the manifests says so.
    new eks.CfnAccessEntry(this, 'Drill', {
      clusterName: this.cluster.ref,
      principalArn: pipelineRole('drill'),
      kubernetesGroups: ['cloudtrace-drill'],
    });
  }

  /** The portal sees the workloads; a role of the manifests says what of them. */
  #showTo(portalRole: iam.Role, fullName: string): void {
    new eks.CfnAccessEntry(this, 'Portal', {
      clusterName: this.cluster.ref,
      principalArn: portalRole.roleArn,
      kubernetesGroups: ['cloudtrace-read'],
    });
    // By this, the portal finds the address and the certificate authority of the cluster.
    portalRole.addToPolicy(
      new iam.PolicyStatement({
        sid: 'ReadCluster',
        actions: ['eks:DescribeCluster'],
        resources: [
          Stack.of(this).formatArn({
            service: 'eks',
            resource: 'cluster',
            resourceName: fullName,
          }),
        ],
      }),
    );
  }
}

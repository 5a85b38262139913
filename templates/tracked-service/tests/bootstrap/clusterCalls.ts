import {
  all,
  anything,
  ec2,
  grant,
  on,
  passRole,
  regional,
  serviceRole,
  type CallsFor,
} from './callsFor';

const cluster = (fullName: string) => regional('eks', `cluster/${fullName}`);
const partOf = (kind: string) => (fullName: string) =>
  regional('eks', `${kind}/${fullName}/name/1`);

/** What Terraform's AWS provider calls for the types of an EKS cluster. */
export const CLUSTER_CALLS: Readonly<Record<string, CallsFor>> = {
  aws_eks_access_entry: all(
    on('eks', 'CreateAccessEntry TagResource', cluster),
    on(
      'eks',
      'DeleteAccessEntry DescribeAccessEntry TagResource UntagResource UpdateAccessEntry',
      partOf('access-entry'),
    ),
  ),
  aws_eks_access_policy_association: on(
    'eks',
    'AssociateAccessPolicy DisassociateAccessPolicy ListAssociatedAccessPolicies',
    partOf('access-entry'),
  ),
  aws_eks_addon: all(
    on('eks', 'CreateAddon', cluster),
    on(
      'eks',
      'DeleteAddon DescribeAddon DescribeUpdate TagResource UntagResource UpdateAddon',
      partOf('addon'),
    ),
    on('eks', 'CreatePodIdentityAssociation', cluster),
    on('eks', 'DeletePodIdentityAssociation', partOf('podidentityassociation')),
    passRole('pods.eks.amazonaws.com'),
  ),
  aws_eks_cluster: all(
    on('eks', 'CreateCluster', anything),
    on(
      'eks',
      'DeleteCluster DescribeCluster DescribeUpdate TagResource UntagResource UpdateClusterConfig UpdateClusterVersion',
      cluster,
    ),
    on(
      'logs',
      'AssociateKmsKey CreateLogGroup DeleteLogGroup PutRetentionPolicy TagResource',
      fullName => regional('logs', `log-group:/aws/eks/${fullName}/cluster`),
    ),
    on('logs', 'CreateLogGroup DeleteLogGroup', fullName =>
      regional('logs', `log-group:/aws/containerinsights/${fullName}/host`),
    ),
    grant,
    passRole('eks.amazonaws.com'),
    serviceRole('eks.amazonaws.com'),
  ),
  aws_eks_node_group: all(
    on('eks', 'CreateNodegroup', cluster),
    on(
      'eks',
      'DeleteNodegroup DescribeNodegroup DescribeUpdate TagResource UntagResource UpdateNodegroupConfig UpdateNodegroupVersion',
      partOf('nodegroup'),
    ),
    ec2('RunInstances CreateTags DescribeLaunchTemplateVersions'),
    passRole('eks.amazonaws.com'),
    serviceRole('eks-nodegroup.amazonaws.com'),
    serviceRole('spot.amazonaws.com'),
  ),
  aws_eks_pod_identity_association: all(
    on('eks', 'CreatePodIdentityAssociation', cluster),
    on(
      'eks',
      'DeletePodIdentityAssociation DescribePodIdentityAssociation TagResource UntagResource UpdatePodIdentityAssociation',
      partOf('podidentityassociation'),
    ),
    passRole('pods.eks.amazonaws.com'),
  ),
};

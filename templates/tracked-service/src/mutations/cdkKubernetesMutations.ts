import { mutationsOf, type Mutation } from './Mutation';

const inCompute = (file: string) => `lib/compute/${file}.ts`;

/** Mistakes in CDK code about EKS. */
export const CDK_KUBERNETES_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inCompute('Cluster'), [
    [
      'an API of the cluster for everybody',
      'endpointPublicAccess: isPublic,',
      'endpointPublicAccess: true,',
    ],
    [
      'nodes that need the internet to reach the API',
      'endpointPrivateAccess: true,',
      'endpointPrivateAccess: false,',
    ],
    [
      'secrets of Kubernetes without the key',
      'provider: { keyArn: encryptionKey.keyArn },',
      "provider: { keyArn: 'arn:aws:kms:eu-central-1:111111111111:key/other' },",
    ],
    ['no audit log of the cluster', "  'audit',\n", ''],
    [
      'access to the cluster by a ConfigMap',
      "authenticationMode: 'API',",
      "authenticationMode: 'API_AND_CONFIG_MAP',",
    ],
    [
      'a creator who administers the cluster',
      'bootstrapClusterCreatorAdminPermissions: false,',
      'bootstrapClusterCreatorAdminPermissions: true,',
    ],
    [
      'a log group of the control plane that EKS creates',
      '`/aws/eks/${fullName}/cluster`',
      '`/cloudtrace/${fullName}/cluster`',
    ],
    [
      'a portal that administers the cluster',
      "kubernetesGroups: ['cloudtrace-read']",
      "kubernetesGroups: ['system:masters']",
    ],
  ]),
  ...mutationsOf(inCompute('Nodes'), [
    [
      'pods that get the permissions of their node',
      'httpPutResponseHopLimit: 1,',
      'httpPutResponseHopLimit: 2,',
    ],
    [
      'nodes that answer IMDSv1',
      "httpTokens: 'required',",
      "httpTokens: 'optional',",
    ],
    ['nodes with plain disks', 'encrypted: true,', 'encrypted: false,'],
    [
      'nodes on spot only',
      "this.#group(subnet.availabilityZone, 'ON_DEMAND', common)",
      "this.#group(subnet.availabilityZone, 'SPOT', common)",
    ],
    [
      'an update of several nodes at once',
      'maxUnavailable: 1',
      'maxUnavailable: 3',
    ],
    [
      'nodes in one zone',
      'this.groups = subnets.flatMap(',
      'this.groups = subnets.slice(0, 1).flatMap(',
    ],
    [
      'nodes that pull any image',
      '        ...addOnImages,\n',
      "        ...addOnImages,\n        '*',\n",
    ],
  ]),
  ...mutationsOf(inCompute('addOns'), [
    [
      'network policies that nothing enforces',
      "enableNetworkPolicy: 'true'",
      "enableNetworkPolicy: 'false'",
    ],
    [
      'an add-on that instruments every pod',
      'monitorAllServices: false',
      'monitorAllServices: true',
    ],
  ]),
  ...mutationsOf(inCompute('ClusterNetwork'), [
    [
      'nodes that reach each other at every port',
      "this.#allow(this.nodes, ec2.Port.udp(53), 'CoreDNS');",
      "this.#allow(this.nodes, ec2.Port.allTraffic(), 'Everything');",
    ],
    [
      'an API of the cluster for any private address',
      'this.controlPlane.addIngressRule(\n      this.nodes,',
      'this.controlPlane.addIngressRule(\n      ec2.Peer.anyIpv4(),',
    ],
  ]),
  ...mutationsOf(inCompute('PodRoles'), [
    [
      'a role for every service account',
      "            'aws:RequestTag/kubernetes-service-account': serviceAccount,\n",
      '',
    ],
  ]),
  ...mutationsOf(inCompute('podPermissions'), [
    [
      'a controller that fills any target group',
      '[loadBalancer.targetGroup.targetGroupArn]',
      "['*']",
    ],
    [
      'a controller that changes load balancers',
      "'elasticloadbalancing:RegisterTargets',",
      "'elasticloadbalancing:*',",
    ],
    [
      'a network plugin that changes any interface',
      "'ec2:AssignPrivateIpAddresses',",
      "'ec2:*',",
    ],
    [
      'pods that read all secrets',
      '[props.ingestTokenSecretArn, ...props.dataSecretArns]',
      "['*']",
    ],
    [
      'active users that no pod publishes',
      "props.settings.scalingPolicy === 'active-users'",
      'false',
    ],
  ]),
];

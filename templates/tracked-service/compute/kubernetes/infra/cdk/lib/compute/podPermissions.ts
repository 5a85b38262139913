import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ComputeProps } from '../ComputeContract.ts';

const allow = (
  sid: string,
  actions: string[],
  resources: string[],
  conditions?: iam.Conditions,
) => new iam.PolicyStatement({ sid, actions, resources, conditions });

/** The service: read its secrets and, if it scales by them, publish its active users. */
export function serviceStatements(props: ComputeProps): iam.PolicyStatement[] {
  return [
    allow(
      'ReadSecrets',
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      [props.ingestTokenSecretArn, ...props.dataSecretArns],
    ),
    allow('DecryptSecrets', ['kms:Decrypt'], [props.encryptionKey.keyArn]),
    ...props.permissions,
    ...(props.settings.scalingPolicy === 'active-users'
      ? [
          allow('PublishActiveUsers', ['cloudwatch:PutMetricData'], ['*'], {
            StringEquals: { 'cloudwatch:namespace': 'CloudTrace/Service' },
          }),
        ]
      : []),
  ];
}

/**
 * The AWS Load Balancer Controller: load balancer, listeners and rules of security groups are in this repository, so it
 * only fills the target group.
 */
export function loadBalancerStatements({
  loadBalancer,
}: ComputeProps): iam.PolicyStatement[] {
  return [
    allow(
      'FillTargetGroup',
      [
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:RegisterTargets',
      ],
      [loadBalancer.targetGroup.targetGroupArn],
    ),
    allow(
      'ReadNetwork',
      [
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      ['*'],
    ),
  ];
}

/** The network plugin, for one cluster only: https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md */
export function networkStatements(
  scope: Construct,
  { fullName, network }: ComputeProps,
): iam.PolicyStatement[] {
  const ec2Arn = (resource: string, resourceName = '*') =>
    Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName });
  const clusterTag = 'cluster.k8s.amazonaws.com/name';
  const inVpc = {
    ArnEquals: { 'ec2:Vpc': ec2Arn('vpc', network.vpc.vpcId) },
  };
  return [
    allow(
      'ReadNetwork',
      [
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeTags',
      ],
      ['*'],
    ),
    allow(
      'CreateInterfaces',
      ['ec2:CreateNetworkInterface'],
      [ec2Arn('network-interface')],
      { StringEquals: { [`aws:RequestTag/${clusterTag}`]: fullName } },
    ),
    allow(
      'CreateInterfacesInVpc',
      ['ec2:CreateNetworkInterface'],
      [ec2Arn('subnet'), ec2Arn('security-group')],
      inVpc,
    ),
    allow('TagInterfaces', ['ec2:CreateTags'], [ec2Arn('network-interface')], {
      'ForAllValues:StringLike': { 'aws:TagKeys': '*.k8s.amazonaws.com/*' },
    }),
    allow(
      'ChangeInterfacesOfCluster',
      [
        'ec2:AssignPrivateIpAddresses',
        'ec2:AttachNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DetachNetworkInterface',
        'ec2:ModifyNetworkInterfaceAttribute',
        'ec2:UnassignPrivateIpAddresses',
      ],
      [ec2Arn('network-interface')],
      { StringEquals: { [`aws:ResourceTag/${clusterTag}`]: fullName } },
    ),
    allow(
      'AttachToNodes',
      [
        'ec2:AttachNetworkInterface',
        'ec2:DetachNetworkInterface',
        'ec2:ModifyNetworkInterfaceAttribute',
      ],
      [ec2Arn('instance')],
      {
        StringEquals: {
          [`aws:ResourceTag/kubernetes.io/cluster/${fullName}`]: 'owned',
        },
      },
    ),
    allow(
      'KeepSecurityGroups',
      ['ec2:ModifyNetworkInterfaceAttribute'],
      [ec2Arn('security-group')],
      inVpc,
    ),
  ];
}

/** Fluent Bit and the CloudWatch agent: metrics are lines of a log group, from which CloudWatch makes them. */
export function agentStatements(
  logGroups: readonly logs.ILogGroup[],
): iam.PolicyStatement[] {
  return [
    allow(
      'WriteLogs',
      [
        // Fluent Bit tries to create its log group, also if it exists.
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogStreams',
        'logs:PutLogEvents',
      ],
      logGroups.map(group => group.logGroupArn),
    ),
    allow(
      'ReadInstances',
      ['ec2:DescribeInstances', 'ec2:DescribeTags', 'ec2:DescribeVolumes'],
      ['*'],
    ),
  ];
}

/** The operator of KEDA. */
export function kedaStatements(): iam.PolicyStatement[] {
  return [allow('ReadActiveUsers', ['cloudwatch:GetMetricData'], ['*'])];
}

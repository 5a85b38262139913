import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { ComputeMetrics, ComputeProps } from '../ComputeContract.ts';
import { PORTS } from '../names.ts';
import { requireBeforeDeployment } from '../requireBeforeDeployment.ts';
import { containerEnvironment } from '../serviceEnvironment.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';
import { addNodeAddOns, addPodAddOns } from './addOns.ts';
import { Cluster } from './Cluster.ts';
import { ClusterNetwork } from './ClusterNetwork.ts';
import { Nodes } from './Nodes.ts';
import { PodRoles } from './PodRoles.ts';

/** Each pod has an address of its own. */
export const TARGET_TYPE = elbv2.TargetType.IP;

/** Log groups that Fluent Bit and the CloudWatch agent write into. */
const CLUSTER_LOGS = ['application', 'dataplane', 'host', 'performance'];

/** The service in pods on Amazon EKS. The cluster belongs to this service and environment alone. */
export class Compute extends Construct {
  readonly role: iam.IRole;
  readonly logGroup: logs.LogGroup;
  readonly metrics: ComputeMetrics;
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ComputeProps) {
    super(scope, id);
    const { fullName, settings, network, loadBalancer, securityGroup } = props;

    securityGroup.addIngressRule(
      loadBalancer.securityGroup,
      ec2.Port.tcp(PORTS.service),
      'Requests from the load balancer',
    );
    loadBalancer.securityGroup.addEgressRule(
      securityGroup,
      ec2.Port.tcp(PORTS.service),
      'Requests to the pods',
    );
    securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'AWS APIs, image registry, portal, API of the cluster',
    );
    this.#allowEncryptedLogs(props);
    this.#requireWayToCluster(settings);

    // They would be created without key and retention.
    const logGroups = CLUSTER_LOGS.map(name =>
      serviceLogGroup(this, `Log-${name}`, {
        logGroupName: `/aws/containerinsights/${fullName}/${name}`,
        retentionDays: settings.logRetentionDays,
        encryptionKey: props.encryptionKey,
      }),
    );
    [this.logGroup] = logGroups as [logs.LogGroup];

    // An operator in the cluster reads the metric of active users.
    const usesKeda = settings.scalingPolicy === 'active-users';
    const clusterNetwork = new ClusterNetwork(this, 'Network', {
      vpc: network.vpc,
      privateAccessCidrs: settings.clusterPrivateAccessCidrs,
      usesKeda,
    });
    const { cluster } = new Cluster(this, 'Cluster', {
      fullName,
      settings,
      network,
      securityGroup: clusterNetwork.controlPlane,
      encryptionKey: props.encryptionKey,
      portalRole: props.portalRole,
    });
    const podRoles = new PodRoles(this, 'PodRoles', {
      ...props,
      cluster,
      logGroups,
      usesKeda,
    });
    this.role = podRoles.service;

    const nodeAddOns = addNodeAddOns(this, cluster, podRoles);
    const nodes = new Nodes(this, 'Nodes', {
      fullName,
      settings,
      network,
      cluster,
      securityGroups: [clusterNetwork.nodes, securityGroup],
    });
    // Nodes become ready only with network and permissions.
    nodes.groups.forEach(group => group.node.addDependency(...nodeAddOns));
    addPodAddOns(this, cluster, podRoles).forEach(addOn =>
      addOn.node.addDependency(...nodes.groups, ...logGroups),
    );

    // Container Insights knows a pod by the name of its Deployment.
    const dimensions = {
      ClusterName: cluster.ref,
      Namespace: fullName,
      PodName: settings.name,
    };
    this.metrics = {
      capacity: {
        namespace: 'ContainerInsights',
        desired: 'replicas_desired',
        inService: 'replicas_ready',
        dimensions,
      },
      cpu: {
        namespace: 'ContainerInsights',
        name: 'pod_cpu_utilization',
        dimensions,
      },
    };
    this.outputs = {
      EksClusterName: cluster.ref,
      ServiceEnvironmentParameter: this.#environment(props).ref,
      // The pipeline puts both into the manifests of the autoscaler.
      MinPods: String(settings.minSize),
      MaxPods: String(settings.maxSize),
    };
  }

  /** Otherwise the first deployment creates everything and then cannot use it. */
  #requireWayToCluster({
    environment,
    clusterPrivateAccessCidrs,
    clusterPublicAccessCidrs,
  }: ServiceSettings): void {
    if (clusterPrivateAccessCidrs.length + clusterPublicAccessCidrs.length > 0)
      return;
    requireBeforeDeployment(
      this,
      'unreachableCluster',
      `The pipeline cannot reach the API of the cluster: in config/environments/${environment}.json, set clusterPrivateAccessCidrs to the networks of your own runners, or clusterPublicAccessCidrs to their public networks`,
    );
  }

  /** EKS decides the names of these log groups. */
  #allowEncryptedLogs({ fullName, encryptionKey }: ComputeProps): void {
    const { account, partition, region } = Stack.of(this);
    encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'CloudWatchLogsEncryptsLogGroupsOfCluster',
        principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [
              'eks',
              'containerinsights',
            ].map(
              folder =>
                `arn:${partition}:logs:${region}:${account}:log-group:/aws/${folder}/${fullName}/*`,
            ),
          },
        },
      }),
    );
  }

  /** What the pods need to know of the infrastructure. The deployment makes a ConfigMap of it, and knows the image. */
  #environment(props: ComputeProps): ssm.CfnParameter {
    const { SERVICE_IMAGE: _image, ...environment } = containerEnvironment(
      props,
      'kubernetes',
    );
    return new ssm.CfnParameter(this, 'Environment', {
      name: `/${props.fullName}/service-environment`,
      description: `Environment variables of the pods of ${props.fullName}; no secret is among them`,
      type: 'String',
      value: Stack.of(this).toJsonString(environment),
    });
  }
}

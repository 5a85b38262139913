import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { ComputeMetrics, ComputeProps } from '../ComputeContract.ts';
import { DATABASE_CA, PORTS } from '../names.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import { containerEnvironment } from '../serviceEnvironment.ts';
import { allowService, allowStart } from './permissions.ts';
import { addScaling } from './scaling.ts';

/** Each task has an address of its own. */
export const TARGET_TYPE = elbv2.TargetType.IP;

const PREPARE_TASK = readFileSync(
  path.join(import.meta.dirname, 'prepare-task.mjs'),
  'utf8',
);

/** The service on ECS Fargate. */
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
      'Requests to the tasks',
    );
    securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'AWS APIs, image registry, portal',
    );

    this.logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/cloudtrace/${fullName}/service`,
      retentionDays: settings.logRetentionDays,
      encryptionKey: props.encryptionKey,
    });
    const cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: `${fullName}-service`,
      vpc: network.vpc,
      // The number of running tasks, for alarms and scaling, is one of its metrics.
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
      enableFargateCapacityProviders: true,
    });
    const taskDefinition = this.#taskDefinition(props);
    this.role = taskDefinition.taskRole;

    const service = new ecs.FargateService(this, 'Service', {
      serviceName: fullName,
      cluster,
      taskDefinition,
      // Otherwise no count: Application Auto Scaling controls it, and each deployment would reset it. CloudFormation starts
      // one task; scripts/ci/deploy.sh raises the count to the minimum.
      ...(settings.minSize === 0 && { desiredCount: 0 }),
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      // Long enough for the migration of a deployment, which the tasks wait for.
      healthCheckGracePeriod: Duration.seconds(300),
      // A new task must be healthy before an old one stops. If new tasks do not get healthy, ECS returns to the last
      // version that did.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      capacityProviderStrategies: [
        {
          capacityProvider: 'FARGATE',
          base: settings.minSize,
          weight: settings.spotEnabled ? 0 : 1,
        },
        ...(settings.spotEnabled
          ? [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
          : []),
      ],
      vpcSubnets: network.privateSubnets,
      securityGroups: [securityGroup],
      assignPublicIp: false,
    });
    loadBalancer.targetGroup.addTarget(
      service.loadBalancerTarget({
        containerName: 'service',
        containerPort: PORTS.service,
      }),
    );

    const dimensions = {
      ClusterName: cluster.clusterName,
      ServiceName: service.serviceName,
    };
    addScaling(this, { fullName, settings, service, dimensions });
    this.metrics = {
      capacity: {
        namespace: 'ECS/ContainerInsights',
        desired: 'DesiredTaskCount',
        inService: 'RunningTaskCount',
        dimensions,
      },
      cpu: { namespace: 'AWS/ECS', name: 'CPUUtilization', dimensions },
    };
    this.outputs = {
      EcsClusterName: cluster.clusterName,
      EcsServiceName: service.serviceName,
    };
  }

  #taskDefinition(props: ComputeProps): ecs.FargateTaskDefinition {
    const { fullName, settings } = props;
    const definition = new ecs.FargateTaskDefinition(this, 'Task', {
      family: fullName,
      cpu: settings.taskCpu,
      memoryLimitMiB: settings.taskMemoryMb,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
      // For the certificate authorities of the database and for temporary files: the containers cannot write anywhere
      // else.
      volumes: [{ name: 'config' }, { name: 'tmp' }],
    });
    this.#addContainers(definition, props);
    Validations.of(definition).acknowledge({
      id: 'Annotation::@aws-cdk/aws-ecs:ecrImageRequiresPolicy',
      reason:
        'The execution role may pull from the one repository that the pipeline pushes to.',
    });
    acknowledge(definition, {
      ECS2: 'The plain variables are names and addresses, also those of secrets; no secret is among them.',
    });
    allowStart(definition, settings.name);
    allowService(definition, props);
    return definition;
  }

  #addContainers(
    definition: ecs.FargateTaskDefinition,
    props: ComputeProps,
  ): void {
    const image = ecs.ContainerImage.fromRegistry(props.settings.image);
    const logging = ecs.LogDriver.awsLogs({
      logGroup: this.logGroup,
      streamPrefix: 'service',
    });
    const caFile = props.dataEnvironment.DATABASE_CA_FILE ?? '';
    const caFolder = caFile.slice(0, caFile.lastIndexOf('/'));

    // Lets the service write temporary files, and fetches the certificate authorities of the database, with the service's
    // own image.
    const prepare = definition.addContainer('prepare', {
      image,
      essential: false,
      user: '0',
      readonlyRootFilesystem: true,
      command: ['node', '--input-type=module', '--eval', PREPARE_TASK],
      environment: { CA_FILE: caFile, CA_URL: DATABASE_CA, SCRATCH: '/tmp' },
      logging,
    });
    prepare.addMountPoints(
      { sourceVolume: 'config', containerPath: caFolder, readOnly: false },
      { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false },
    );

    const linuxParameters = new ecs.LinuxParameters(this, 'Linux', {
      initProcessEnabled: true,
    });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    const service = definition.addContainer('service', {
      image,
      readonlyRootFilesystem: true,
      // Above the service's own drain time, so that requests in flight end before the process is killed.
      stopTimeout: Duration.seconds(60),
      linuxParameters,
      portMappings: [
        { containerPort: PORTS.service, protocol: ecs.Protocol.TCP },
      ],
      environment: containerEnvironment(props, 'ecs'),
      logging,
    });
    service.addMountPoints(
      { sourceVolume: 'config', containerPath: caFolder, readOnly: true },
      { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false },
    );
    service.addContainerDependencies({
      container: prepare,
      condition: ecs.ContainerDependencyCondition.SUCCESS,
    });
  }
}

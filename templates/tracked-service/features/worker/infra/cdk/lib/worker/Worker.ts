import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { DATABASE_CA } from '../names.ts';
import type { ServicePartContext } from '../parts/Part.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import { telemetryEnvironment } from '../telemetryEnvironment.ts';
import { allowWork } from './permissions.ts';

const PORT = 8081;
const CHECK_WORKER = readFileSync(
  path.join(import.meta.dirname, 'check-worker.cjs'),
  'utf8',
);

/** The workers: an ECS service on Fargate, whatever the instances run on. */
export class Worker extends Construct {
  readonly cluster: ecs.Cluster;
  readonly service: ecs.FargateService;
  readonly taskDefinition: ecs.FargateTaskDefinition;
  /** Namespace of the metric of dead letters. */
  readonly metricNamespace: string;

  constructor(scope: Construct, id: string, props: ServicePartContext) {
    super(scope, id);
    const { fullName, network } = props;
    this.metricNamespace = `CloudTrace/${fullName}`;
    const logGroup = this.#logGroup(props);
    this.cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: `${fullName}-worker`,
      vpc: network.vpc,
      // The number of running tasks, for the alarm, is one of its metrics.
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    this.taskDefinition = this.#taskDefinition(props, logGroup);
    this.service = this.#service(props);
    this.#scale(props);
  }

  #logGroup({
    fullName,
    settings,
    encryptionKey,
  }: ServicePartContext): logs.LogGroup {
    const logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/cloudtrace/${fullName}/worker`,
      retentionDays: settings.logRetentionDays,
      encryptionKey,
    });
    new logs.MetricFilter(this, 'DeadLetters', {
      logGroup,
      filterName: `${fullName}-dead-letters`,
      filterPattern: logs.FilterPattern.literal(
        '{ $.msg = "a message became a dead letter" }',
      ),
      metricNamespace: this.metricNamespace,
      metricName: 'DeadLetters',
      metricValue: '1',
    });
    return logGroup;
  }

  #service(props: ServicePartContext): ecs.FargateService {
    return new ecs.FargateService(this, 'Service', {
      serviceName: `${props.fullName}-worker`,
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      // Otherwise no count: Application Auto Scaling controls it, and each deployment would reset it.
      ...(hasNoInstances(props) && { desiredCount: 0 }),
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      // A new worker must be healthy before an old one stops. If new ones do not get healthy, ECS returns to the last
      // version that did.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      vpcSubnets: props.network.privateSubnets,
      // That of the service, because a worker reaches the same data stores. Nothing reaches its own port.
      securityGroups: [props.serviceSecurityGroup],
      assignPublicIp: false,
    });
  }

  #scale(props: ServicePartContext): void {
    const { workerMinSize, workerMaxSize } = props.settings;
    this.service
      .autoScaleTaskCount({
        minCapacity: hasNoInstances(props) ? 0 : workerMinSize,
        maxCapacity: workerMaxSize,
      })
      .scaleOnCpuUtilization('Cpu', {
        policyName: `${props.fullName}-worker`,
        targetUtilizationPercent: 50,
        scaleOutCooldown: Duration.seconds(60),
        scaleInCooldown: Duration.seconds(300),
      });
  }

  #taskDefinition(
    props: ServicePartContext,
    logGroup: logs.LogGroup,
  ): ecs.FargateTaskDefinition {
    const definition = new ecs.FargateTaskDefinition(this, 'Task', {
      family: `${props.fullName}-worker`,
      cpu: 512,
      memoryLimitMiB: 1024,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
    });
    this.#addContainer(definition, props, logGroup);
    Validations.of(definition).acknowledge({
      id: 'Annotation::@aws-cdk/aws-ecs:ecrImageRequiresPolicy',
      reason:
        'The execution role may pull from the one repository that the pipeline pushes to.',
    });
    acknowledge(definition, {
      ECS2: 'The plain variables are names and addresses, also those of secrets; no secret is among them.',
    });
    allowWork(definition, props);
    return definition;
  }

  #addContainer(
    definition: ecs.FargateTaskDefinition,
    props: ServicePartContext,
    logGroup: logs.LogGroup,
  ): void {
    const linuxParameters = new ecs.LinuxParameters(this, 'Linux', {
      initProcessEnabled: true,
    });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    definition.addContainer('worker', {
      image: ecs.ContainerImage.fromRegistry(props.settings.image),
      command: ['node', 'dist/worker/main.js'],
      readonlyRootFilesystem: true,
      // Above the time in which a worker ends its batches.
      stopTimeout: Duration.seconds(60),
      linuxParameters,
      environment: workerEnvironment(props),
      // Whether it has started. Not whether broker and database respond: another worker would not reach them either.
      healthCheck: {
        command: ['CMD', 'node', '--eval', CHECK_WORKER],
        // Long enough for the migration of a deployment, which a worker waits for.
        startPeriod: Duration.seconds(300),
        interval: Duration.seconds(15),
        timeout: Duration.seconds(5),
        retries: 4,
      },
      logging: ecs.LogDriver.awsLogs({ logGroup, streamPrefix: 'worker' }),
    });
  }
}

/** The first step of the first deployment: workers wait for the migration, and CloudFormation would wait for them. */
const hasNoInstances = ({ settings }: ServicePartContext) =>
  settings.minSize === 0;

function workerEnvironment({
  settings,
  dataEnvironment,
  ingestTokenSecretArn,
}: ServicePartContext): Record<string, string> {
  // A worker downloads the certificate authorities itself: it has no folder for a file.
  const { DATABASE_CA_FILE: _file, ...data } = dataEnvironment;
  return {
    AWS_REGION: settings.region,
    DEPLOYMENT_ENVIRONMENT: settings.environment,
    INSTANCE_ID_SOURCE: 'ecs',
    ...telemetryEnvironment(settings, ingestTokenSecretArn),
    SECRETS_BACKEND: settings.secretsBackend,
    SERVICE_IMAGE: settings.image,
    WORKER_PORT: String(PORT),
    ...data,
    DATABASE_CA_URL: DATABASE_CA,
  };
}

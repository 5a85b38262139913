import { type CfnElement, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Network } from '../Network.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import type { ServiceSettings } from '../settings/ServiceSettings.ts';
import { telemetryEnvironment } from '../telemetryEnvironment.ts';

/** Properties of {@link DownloadAgents}. */
export interface DownloadAgentsProps {
  /** Service and environment, prefix of resource names. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  /** Queue of jobs. */
  readonly jobs: sqs.IQueue;
  /** Bucket for the results. */
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
  /** Secret with the portal's ingest token. */
  readonly ingestTokenSecretArn: string;
}

/** Fargate service of agents, from one to `fargateClientsMax`, scaled by the length of the queue. */
export class DownloadAgents extends Construct {
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: DownloadAgentsProps) {
    super(scope, id);
    const { fullName, settings, network, jobs } = props;

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Download agents: no way in, HTTPS out',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'AWS APIs, image registry, the service',
    );

    const service = new ecs.FargateService(this, 'Service', {
      serviceName: `${fullName}-agents`,
      cluster: new ecs.Cluster(this, 'Cluster', {
        clusterName: fullName,
        vpc: network.vpc,
        containerInsightsV2: ecs.ContainerInsights.ENHANCED,
      }),
      taskDefinition: this.#taskDefinition(props),
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      vpcSubnets: network.privateSubnets,
      securityGroups: [this.securityGroup],
      assignPublicIp: false,
    });

    service
      .autoScaleTaskCount({
        minCapacity: 1,
        maxCapacity: settings.fargateClientsMax,
      })
      .scaleToTrackCustomMetric('Backlog', {
        targetValue: 10,
        scaleOutCooldown: Duration.seconds(60),
        scaleInCooldown: Duration.seconds(300),
        metric: new cloudwatch.Metric({
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensionsMap: { QueueName: jobs.queueName },
          statistic: cloudwatch.Stats.AVERAGE,
          period: Duration.minutes(1),
        }),
      });
  }

  #taskDefinition({
    fullName,
    settings,
    jobs,
    bucket,
    encryptionKey,
    ingestTokenSecretArn,
  }: DownloadAgentsProps): ecs.FargateTaskDefinition {
    const logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/cloudtrace/${fullName}/agents`,
      retentionDays: settings.logRetentionDays,
      encryptionKey,
    });
    const definition = new ecs.FargateTaskDefinition(this, 'Task', {
      family: `${fullName}-agent`,
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
    });
    definition.addContainer('agent', {
      image: ecs.ContainerImage.fromRegistry(settings.image),
      command: ['node', 'dist/agent.js'],
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(60),
      environment: {
        AWS_REGION: settings.region,
        DEPLOYMENT_ENVIRONMENT: settings.environment,
        DOWNLOAD_BUCKET: bucket.bucketName,
        DOWNLOAD_QUEUE_URL: jobs.queueUrl,
        INSTANCE_ID_SOURCE: 'ecs',
        SERVICE_BASE_URL: `https://${settings.hostName}`,
        ...telemetryEnvironment(settings, ingestTokenSecretArn),
      },
      logging: ecs.LogDriver.awsLogs({ logGroup, streamPrefix: 'agent' }),
    });
    Validations.of(definition).acknowledge({
      id: 'Annotation::@aws-cdk/aws-ecs:ecrImageRequiresPolicy',
      reason:
        'The execution role may pull from the one repository that the pipeline pushes to.',
    });
    acknowledge(definition, {
      ECS2: 'The plain variables are names and addresses, also that of the ingest token; no secret is among them.',
    });
    this.#allowWork(definition, {
      name: settings.name,
      jobs,
      bucket,
      encryptionKey,
      ingestTokenSecretArn,
    });
    return definition;
  }

  #allowWork(
    definition: ecs.FargateTaskDefinition,
    {
      name,
      jobs,
      bucket,
      encryptionKey,
      ingestTokenSecretArn,
    }: Pick<
      DownloadAgentsProps,
      'jobs' | 'bucket' | 'encryptionKey' | 'ingestTokenSecretArn'
    > & {
      name: string;
    },
  ): void {
    const statement = (sid: string, actions: string[], resources: string[]) =>
      new iam.PolicyStatement({ sid, actions, resources });

    definition.addToExecutionRolePolicy(
      statement('LogInToRegistry', ['ecr:GetAuthorizationToken'], ['*']),
    );
    definition.addToExecutionRolePolicy(
      statement(
        'PullImage',
        [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
        [
          Stack.of(this).formatArn({
            service: 'ecr',
            resource: 'repository',
            resourceName: name,
          }),
        ],
      ),
    );
    acknowledge(definition.obtainExecutionRole(), {
      'IAM5[Resource::*]': 'ecr:GetAuthorizationToken does not support resource-level permissions.',
    });

    definition.addToTaskRolePolicy(
      statement(
        'TakeJobs',
        [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:ReceiveMessage',
        ],
        [jobs.queueArn],
      ),
    );
    definition.addToTaskRolePolicy(
      statement(
        'StoreResults',
        ['s3:AbortMultipartUpload', 's3:PutObject'],
        [bucket.arnForObjects('*')],
      ),
    );
    // Decrypt: needed for the ingest token, and for later parts of a multipart upload, which need the data key again.
    definition.addToTaskRolePolicy(
      statement(
        'EncryptResults',
        ['kms:Decrypt', 'kms:GenerateDataKey'],
        [encryptionKey.keyArn],
      ),
    );

    definition.addToTaskRolePolicy(
      statement(
        'ReadIngestToken',
        ['secretsmanager:GetSecretValue'],
        [ingestTokenSecretArn],
      ),
    );

    const bucketId = Stack.of(this).getLogicalId(
      bucket.node.defaultChild as CfnElement,
    );
    acknowledge(definition.taskRole, {
      [`IAM5[Resource::<${bucketId}.Arn>/*]`]:
        'Results are objects of this one bucket, named by the job.',
    });
  }
}

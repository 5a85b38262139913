import { Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Database } from './Database.ts';
import { DATABASE_CA, PORTS } from './names.ts';
import type { Network } from './Network.ts';
import { serviceLogGroup } from './serviceLogGroup.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Properties of {@link Migration}. */
export interface MigrationProps {
  /** Service and environment, prefix of resource names. */
  readonly fullName: string;
  readonly settings: ServiceSettings;
  readonly network: Network;
  readonly database: Database;
  /** Secret with the login of the service, which the task writes. */
  readonly applicationSecretArn: string;
  readonly encryptionKey: kms.IKey;
}

/**
 * The one-off task of each deployment: migrates the schema as its owner, and gives the service a login that may only read
 * and write rows. Only this task can read the password of the master user; instances cannot.
 */
export class Migration extends Construct {
  readonly cluster: ecs.Cluster;
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: MigrationProps) {
    super(scope, id);
    const { fullName, network, database } = props;

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Migrations: no way in, HTTPS and PostgreSQL out',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(443),
      'AWS APIs and image registry',
    );
    this.securityGroup.addEgressRule(
      database.securityGroup,
      ec2.Port.tcp(PORTS.database),
      'PostgreSQL',
    );
    database.securityGroup.addIngressRule(
      this.securityGroup,
      ec2.Port.tcp(PORTS.database),
      'PostgreSQL from the migrations',
    );
    this.cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: `${fullName}-migration`,
      vpc: network.vpc,
      // For a task that runs for seconds, detailed metrics would cost more than they tell.
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    this.taskDefinition = this.#taskDefinition(props);
    this.#allowWork(props);
  }

  #taskDefinition({
    fullName,
    settings,
    database,
    applicationSecretArn,
    encryptionKey,
  }: MigrationProps): ecs.FargateTaskDefinition {
    const definition = new ecs.FargateTaskDefinition(this, 'Task', {
      family: `${fullName}-migration`,
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
    });
    definition.addContainer('migration', {
      image: ecs.ContainerImage.fromRegistry(settings.image),
      command: ['node', 'dist/migrate.js'],
      readonlyRootFilesystem: true,
      environment: {
        AWS_REGION: settings.region,
        // Vault leases the logins of the service itself.
        ...(settings.secretsBackend !== 'vault' && {
          DATABASE_APPLICATION_SECRET_ARN: applicationSecretArn,
        }),
        DATABASE_CA_URL: DATABASE_CA,
        DATABASE_HOST: database.instance.dbInstanceEndpointAddress,
        DATABASE_MASTER_SECRET_ARN: database.secretArn,
        DATABASE_NAME: database.databaseName,
        DATABASE_PORT: String(PORTS.database),
        DATABASE_SSL: 'verify-full',
        DEPLOYMENT_ENVIRONMENT: settings.environment,
      },
      logging: ecs.LogDriver.awsLogs({
        logGroup: serviceLogGroup(this, 'LogGroup', {
          logGroupName: `/cloudtrace/${fullName}/migration`,
          retentionDays: settings.logRetentionDays,
          encryptionKey,
        }),
        streamPrefix: 'migration',
      }),
    });
    Validations.of(definition).acknowledge({
      id: 'Annotation::@aws-cdk/aws-ecs:ecrImageRequiresPolicy',
      reason:
        'The execution role may pull from the one repository that the pipeline pushes to.',
    });
    acknowledge(definition, {
      ECS2: 'The plain variables are names and addresses, also those of the secrets; no secret is among them.',
    });
    return definition;
  }

  #allowWork({
    settings,
    database,
    applicationSecretArn,
    encryptionKey,
  }: MigrationProps): void {
    const { taskDefinition } = this;
    const statement = (sid: string, actions: string[], resources: string[]) =>
      new iam.PolicyStatement({ sid, actions, resources });

    taskDefinition.addToExecutionRolePolicy(
      statement('LogInToRegistry', ['ecr:GetAuthorizationToken'], ['*']),
    );
    taskDefinition.addToExecutionRolePolicy(
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
            resourceName: settings.name,
          }),
        ],
      ),
    );
    acknowledge(taskDefinition.obtainExecutionRole(), {
      'IAM5[Resource::*]': 'ecr:GetAuthorizationToken does not support resource-level permissions.',
    });
    taskDefinition.addToTaskRolePolicy(
      statement(
        'ReadMasterPassword',
        ['secretsmanager:GetSecretValue'],
        [database.secretArn],
      ),
    );
    taskDefinition.addToTaskRolePolicy(
      statement(
        'RotateApplicationPassword',
        ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
        [applicationSecretArn],
      ),
    );
    taskDefinition.addToTaskRolePolicy(
      statement(
        'UseKey',
        ['kms:Decrypt', 'kms:GenerateDataKey'],
        [encryptionKey.keyArn],
      ),
    );
  }
}

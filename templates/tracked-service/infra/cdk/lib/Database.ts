import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Network } from './Network.ts';
import { PORTS } from './names.ts';
import { serviceLogGroup } from './serviceLogGroup.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Properties of {@link Database}. */
export interface DatabaseProps {
  /** Service and environment: the instance's identifier. */
  readonly fullName: string;
  readonly settings: Pick<
    ServiceSettings,
    | 'databaseInstanceClass'
    | 'databaseStorageGb'
    | 'databaseBackupDays'
    | 'databaseClientCidrs'
    | 'deletionProtection'
    | 'logRetentionDays'
  >;
  readonly network: Network;
  /** Security group of the instances that may connect. */
  readonly serviceSecurityGroup: ec2.SecurityGroup;
  /** Key of storage, backups and the managed secret. */
  readonly encryptionKey: kms.IKey;
  /** Receives notifications of failovers, maintenance and failures. */
  readonly topic: sns.ITopic;
}

const LOG_TYPES = ['postgresql', 'upgrade'];

/** PostgreSQL with a standby in a second zone; only the service can reach it. */
export class Database extends Construct {
  /** Name of the database in the instance. */
  readonly databaseName = 'app';
  readonly instance: rds.DatabaseInstance;
  readonly securityGroup: ec2.SecurityGroup;
  /** RDS-managed secret; it contains only username and password. */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const {
      fullName,
      settings,
      network,
      serviceSecurityGroup,
      encryptionKey,
      topic,
    } = props;

    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description:
        'PostgreSQL: reached by the service only, opens no connection itself',
      allowAllOutbound: false,
    });
    this.securityGroup.addIngressRule(
      serviceSecurityGroup,
      ec2.Port.tcp(PORTS.database),
      'PostgreSQL from the service',
    );
    for (const range of settings.databaseClientCidrs) {
      this.securityGroup.addIngressRule(
        ec2.Peer.ipv4(range),
        ec2.Port.tcp(PORTS.database),
        'PostgreSQL from a private network',
      );
    }
    serviceSecurityGroup.addEgressRule(
      this.securityGroup,
      ec2.Port.tcp(PORTS.database),
      'PostgreSQL',
    );

    const engine = rds.DatabaseInstanceEngine.postgres({
      version: rds.PostgresEngineVersion.VER_17,
    });
    this.instance = new rds.DatabaseInstance(this, 'Instance', {
      instanceIdentifier: fullName,
      // The newest minor version; RDS upgrades it in the maintenance window.
      engine,
      autoMinorVersionUpgrade: true,
      instanceType: new ec2.InstanceType(
        settings.databaseInstanceClass.replace(/^db\./, ''),
      ),
      parameterGroup: new rds.ParameterGroup(this, 'Parameters', {
        engine,
        description: `PostgreSQL settings of ${fullName}`,
        // One second: slower statements are logged.
        parameters: {
          'rds.force_ssl': '1',
          log_min_duration_statement: '1000',
        },
      }),
      port: PORTS.database,
      databaseName: this.databaseName,
      // RDS creates the password, keeps it in Secrets Manager and rotates it every 7 days, so it is never in the
      // template.
      credentials: rds.Credentials.fromUsername('service', { encryptionKey }),
      manageMasterUserPassword: true,
      multiAz: true,
      vpc: network.vpc,
      vpcSubnets: network.dataSubnets,
      securityGroups: [this.securityGroup],
      publiclyAccessible: false,
      storageType: rds.StorageType.GP3,
      allocatedStorage: settings.databaseStorageGb,
      maxAllocatedStorage: settings.databaseStorageGb * 5,
      storageEncrypted: true,
      storageEncryptionKey: encryptionKey,
      backupRetention: Duration.days(settings.databaseBackupDays),
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: settings.deletionProtection,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      cloudwatchLogsExports: LOG_TYPES,
    });
    if (!settings.deletionProtection) {
      acknowledge(this.instance, {
        RDS10:
          'Deletion protection is switched off by the setting deletionProtection.',
      });
    }
    const resource = this.instance.node.defaultChild as rds.CfnDBInstance;
    this.secretArn = resource.attrMasterUserSecretSecretArn;

    // Created here because RDS would create them without encryption and without retention.
    for (const type of LOG_TYPES) {
      const logGroup = serviceLogGroup(this, `${type}LogGroup`, {
        logGroupName: `/aws/rds/instance/${fullName}/${type}`,
        retentionDays: settings.logRetentionDays,
        encryptionKey,
      });
      this.instance.node.addDependency(logGroup);
    }

    // Failovers, maintenance and failures, as reported by RDS.
    new rds.CfnEventSubscription(this, 'Events', {
      subscriptionName: fullName,
      snsTopicArn: topic.topicArn,
      sourceType: 'db-instance',
      sourceIds: [this.instance.instanceIdentifier],
      eventCategories: [
        'availability',
        'failover',
        'failure',
        'low storage',
        'maintenance',
        'recovery',
      ],
    });
  }
}

import { mutationsOf, type Mutation } from './Mutation';

/** Mistakes in CDK code about data, keys, alarms and settings. */
export const CDK_DATA_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf('lib/Database.ts', [
    [
      'a public database',
      'publiclyAccessible: false',
      'publiclyAccessible: true',
    ],
    ['a database without standby', 'multiAz: true', 'multiAz: false'],
    [
      'an unencrypted database',
      'storageEncrypted: true,\n      storageEncryptionKey: encryptionKey,',
      'storageEncrypted: false,',
    ],
    [
      'a database that anyone can delete',
      'deletionProtection: settings.deletionProtection',
      'deletionProtection: false',
    ],
    [
      'no snapshot at the end',
      'RemovalPolicy.SNAPSHOT',
      'RemovalPolicy.DESTROY',
    ],
    [
      'no backups',
      'backupRetention: Duration.days(settings.databaseBackupDays)',
      'backupRetention: Duration.days(0)',
    ],
    [
      'backups that go with the database',
      'deleteAutomatedBackups: false',
      'deleteAutomatedBackups: true',
    ],
    ['connections without TLS', "'rds.force_ssl': '1'", "'rds.force_ssl': '0'"],
    [
      'a database open to the internet',
      'serviceSecurityGroup,\n      ec2.Port.tcp(PORTS.database)',
      'ec2.Peer.anyIpv4(),\n      ec2.Port.tcp(PORTS.database)',
    ],
    [
      'no security patches',
      'autoMinorVersionUpgrade: true',
      'autoMinorVersionUpgrade: false',
    ],
    [
      'a database log that is lost',
      'cloudwatchLogsExports: LOG_TYPES',
      "cloudwatchLogsExports: ['upgrade']",
    ],
    [
      'a version that does not exist',
      'rds.PostgresEngineVersion.VER_17',
      "rds.PostgresEngineVersion.of('7', '7')",
      'strict validation',
    ],
  ]),
  ...mutationsOf('lib/Cache.ts', [
    [
      'a cache without TLS',
      'transitEncryptionEnabled: true',
      'transitEncryptionEnabled: false',
    ],
    [
      'an unencrypted cache',
      'atRestEncryptionEnabled: true',
      'atRestEncryptionEnabled: false',
    ],
    [
      'a cache without failover',
      'automaticFailoverEnabled: true',
      'automaticFailoverEnabled: false',
    ],
  ]),
  ...mutationsOf('lib/AccessLogs.ts', [
    [
      'a bucket that a policy can open',
      'blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL',
      'blockPublicAccess: new s3.BlockPublicAccess({ blockPublicPolicy: false })',
    ],
  ]),
  ...mutationsOf('lib/clients/Clients.ts', [
    [
      'a bucket without TLS',
      'blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,\n      enforceSSL: true',
      'blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,\n      enforceSSL: false',
      'cdk-nag',
    ],
    ['a bucket without versions', 'versioned: true', 'versioned: false'],
    [
      'a bucket without our key',
      'encryption: s3.BucketEncryption.KMS,\n      encryptionKey,\n      bucketKeyEnabled: true',
      'encryption: s3.BucketEncryption.S3_MANAGED',
    ],
    ['a bucket that grows forever', 'expiration: Duration.days(30),', ''],
    [
      'a bucket for everyone',
      'this.api = new DownloadsApi',
      'this.bucket.grantPublicAccess();\n    this.api = new DownloadsApi',
      'settings',
    ],
    [
      'an unencrypted queue',
      'sqs.QueueEncryption.SQS_MANAGED,\n      enforceSSL: true,\n      visibilityTimeout',
      'sqs.QueueEncryption.UNENCRYPTED,\n      enforceSSL: true,\n      visibilityTimeout',
    ],
    [
      'a queue without dead letters',
      'deadLetterQueue: { queue: this.failedJobs, maxReceiveCount: 5 },',
      '',
    ],
  ]),
  ...mutationsOf('lib/clients/DownloadsApi.ts', [
    [
      'an API for anyone',
      'authorizer: new HttpIamAuthorizer(),',
      'authorizer: new apigatewayv2.HttpNoneAuthorizer(),',
    ],
    [
      'an API that logs nothing',
      'accessLogSettings: {\n        destination',
      'detailedMetricsEnabled: false,\n      ...false && {\n        destination',
      'cdk-nag',
    ],
  ]),
  ...mutationsOf('lib/clients/DownloadAgents.ts', [
    [
      'agents with public addresses',
      'assignPublicIp: false',
      'assignPublicIp: true',
    ],
    [
      'agents without rollback',
      'circuitBreaker: { enable: true, rollback: true }',
      'circuitBreaker: { enable: true, rollback: false }',
    ],
    [
      'agents that write to their image',
      'readonlyRootFilesystem: true',
      'readonlyRootFilesystem: false',
    ],
  ]),
  ...mutationsOf('lib/Notifications.ts', [
    ['an unencrypted topic', 'masterKey: encryptionKey,', ''],
    ['a topic without TLS', 'enforceSSL: true', 'enforceSSL: false'],
    [
      'a topic for everyone',
      `principals: [
          new iam.ServicePrincipal('cloudwatch.amazonaws.com'),
          new iam.ServicePrincipal('events.rds.amazonaws.com'),
        ],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },`,
      "principals: [new iam.AnyPrincipal()],\n        actions: ['sns:Publish'],\n        resources: [this.topic.topicArn],",
    ],
  ]),
  ...mutationsOf('lib/Encryption.ts', [
    [
      'a key that is never rotated',
      'enableKeyRotation: true',
      'enableKeyRotation: false',
    ],
    [
      'a key for everyone',
      `principals: [
          new iam.ServicePrincipal('cloudwatch.amazonaws.com'),
          new iam.ServicePrincipal('events.rds.amazonaws.com'),
        ],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },`,
      "principals: [new iam.AnyPrincipal()],\n        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],\n        resources: ['*'],",
    ],
    [
      'a key for a role that a new account does not have',
      "new iam.ServicePrincipal('cloudwatch.amazonaws.com'),",
      'new iam.ArnPrincipal(`arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`),',
    ],
  ]),
  ...mutationsOf('lib/ServiceStack.ts', [
    [
      'roles without a limit',
      'iam.PermissionsBoundary.of(this).apply(',
      'String(',
    ],
  ]),
  ...mutationsOf('lib/Observability.ts', [
    [
      'an alarm that misses errors of the load balancer',
      "'HTTPCode_ELB_5XX_Count'",
      "'HTTPCode_Target_5XX_Count'",
    ],
    [
      'alarms that notify nobody',
      'alarm.addAlarmAction(action);\n      alarm.addOkAction(action);',
      '',
    ],
    [
      'no alarm when there is no instance',
      'missing: BREACHING',
      'missing: NOT_BREACHING',
    ],
    ['no alarm for a full disk', "'database-storage': {", "'database-disk': {"],
  ]),
  ...mutationsOf('lib/PortalAccess.ts', [
    [
      'a portal role without external id',
      'externalIds: [portalExternalId],',
      '',
    ],
  ]),
  ...mutationsOf('lib/Migration.ts', [
    [
      'a migration that writes to its image',
      'readonlyRootFilesystem: true',
      'readonlyRootFilesystem: false',
    ],
    [
      'a password for the migration in the code',
      "DATABASE_SSL: 'verify-full',",
      "DATABASE_SSL: 'verify-full',\n        DATABASE_PASSWORD: 'hunter2',",
    ],
  ]),
  ...mutationsOf('lib/ServiceStack.ts', [
    [
      'a service that is the master user',
      '[] : [databaseLogin.ref]',
      '[] : [database.secretArn]',
    ],
    [
      'a token in the code',
      'kmsKeyId: encryptionKey.keyArn,',
      "kmsKeyId: encryptionKey.keyArn,\n      secretString: 'hunter2',",
    ],
    ['an unencrypted secret', 'kmsKeyId: encryptionKey.keyArn,', ''],
    [
      'resources without the tag of their entity',
      "Tags.of(this).add('cloudtrace:entity-ref', settings.entityRef);",
      '',
    ],
  ]),
  ...mutationsOf('config/service.json', [
    [
      'a single zone',
      '"zones":["eu-central-1a","eu-central-1b","eu-central-1c"]',
      '"zones":["eu-central-1a"]',
      'settings',
    ],
    ['a misspelt setting', '"spotEnabled"', '"spotEnable"', 'settings'],
  ]),
];

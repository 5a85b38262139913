import type { Plain } from '../InfrastructureModel';
import { deniesPlainTransport, sortedByContent } from '../statements';
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';
import { ecsPolicies, ecsRange, ecsService } from './ecs';

type Facts = Readonly<Record<string, Plain>>;

/** The database. */
export function readDatabase(template: CloudFormationTemplate): Facts {
  const [, resource] = template.entries('AWS::RDS::DBInstance')[0];
  const db = resource.Properties ?? {};
  const parameters: Record<string, string> = template.one(
    'AWS::RDS::DBParameterGroup',
  ).Parameters;
  return {
    engine: `${db.Engine} ${db.EngineVersion}`,
    class: db.DBInstanceClass,
    port: Number(db.Port),
    name: db.DBName,
    user: db.MasterUsername,
    managedPassword: db.ManageMasterUserPassword === true,
    passwordKey: template.neutral(db.MasterUserSecret.KmsKeyId),
    multiZone: db.MultiAZ === true,
    subnets: template.one('AWS::RDS::DBSubnetGroup').SubnetIds.length,
    public: db.PubliclyAccessible === true,
    storage: `${db.StorageType} ${db.AllocatedStorage}..${db.MaxAllocatedStorage}`,
    encrypted: db.StorageEncrypted === true,
    key: template.neutral(db.KmsKeyId),
    backupDays: db.BackupRetentionPeriod,
    keepsBackups:
      db.DeleteAutomatedBackups === false &&
      resource.DeletionPolicy === 'Snapshot',
    copiesTags: db.CopyTagsToSnapshot === true,
    deletionProtection: db.DeletionProtection === true,
    upgradesMinor: db.AutoMinorVersionUpgrade === true,
    logs: sortedByContent(db.EnableCloudwatchLogsExports),
    parameters: sortedByContent(
      Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    ),
    events: sortedByContent(
      template.one('AWS::RDS::EventSubscription').EventCategories,
    ),
  };
}

/** The cache, if there is one. */
export function readCache(template: CloudFormationTemplate): Facts | null {
  const cache = template.optional('AWS::ElastiCache::ReplicationGroup');
  return cache
    ? {
        id: cache.ReplicationGroupId,
        engine: `${cache.Engine} ${cache.EngineVersion}`,
        nodeType: cache.CacheNodeType,
        nodes: cache.NumCacheClusters,
        port: cache.Port,
        failsOver: cache.AutomaticFailoverEnabled === true,
        multiZone: cache.MultiAZEnabled === true,
        tls: cache.TransitEncryptionEnabled === true,
        encrypted: cache.AtRestEncryptionEnabled === true,
        key: template.neutral(cache.KmsKeyId),
        snapshots: cache.SnapshotRetentionLimit,
        logins: template
          .all('AWS::ElastiCache::User')
          .filter(() => cache.UserGroupIds?.length)
          .map(
            user =>
              `${user.UserName}: ${user.AccessString}, ${
                user.Passwords?.length ?? 0
              } password`,
          ),
        evicts:
          template.optional('AWS::ElastiCache::ParameterGroup')?.Properties[
            'maxmemory-policy'
          ] !== 'noeviction',
      }
    : null;
}

/** Download agents and their API, if there are any. */
export function readClients(template: CloudFormationTemplate): Facts | null {
  const service = ecsService(template, 'agents');
  if (!service) return null;
  const agent = readTask(template, '-agent');
  const range = ecsRange(template, 'agents');
  const [{ TargetTrackingScalingPolicyConfiguration: policy }] = ecsPolicies(
    template,
    'agents',
  );
  const stage = template.one('AWS::ApiGatewayV2::Stage');
  const route = template.one('AWS::ApiGatewayV2::Route');
  const integration = template.one('AWS::ApiGatewayV2::Integration');
  return {
    ...agent,
    publicAddress:
      service.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp ===
      'ENABLED',
    rollsBack:
      service.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback ===
      true,
    tasks: `${range.MinCapacity}..${range.MaxCapacity}`,
    backlogTarget: policy.TargetValue,
    backlogMetric: policy.CustomizedMetricSpecification.MetricName,
    insights: readInsights(template, String(template.target(service.Cluster))),
    route: route.RouteKey,
    authorization: route.AuthorizationType,
    integration: integration.IntegrationSubtype,
    message: integration.RequestParameters.MessageBody,
    throttle: `${stage.DefaultRouteSettings.ThrottlingRateLimit}/s, burst ${stage.DefaultRouteSettings.ThrottlingBurstLimit}`,
    accessLogFormat: canonical(stage.AccessLogSettings.Format),
  };
}

// Terraform's jsonencode sorts keys.
function canonical(json: string): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(JSON.parse(json)).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

/** The task that migrates the schema. */
export function readMigration(template: CloudFormationTemplate): Facts {
  const [id] =
    template
      .entries('AWS::ECS::Cluster')
      .find(([, { Properties }]) =>
        String(Properties?.ClusterName).endsWith('-migration'),
      ) ?? [];
  return {
    ...readTask(template, '-migration'),
    insights: readInsights(template, String(id)),
  };
}

export function readInsights(
  template: CloudFormationTemplate,
  clusterId: string,
): Plain {
  const [, cluster] =
    template.entries('AWS::ECS::Cluster').find(([id]) => id === clusterId) ??
    [];
  return cluster?.Properties?.ClusterSettings?.[0]?.Value ?? null;
}

/** The task whose family ends like this. */
export function readTask(
  template: CloudFormationTemplate,
  suffix: string,
): Facts {
  const task = template
    .all('AWS::ECS::TaskDefinition')
    .find(({ Family }) => String(Family).endsWith(suffix));
  if (!task) throw new Error(`No task definition *${suffix}`);
  const container = template.neutral(task.ContainerDefinitions[0]) as Record<
    string,
    Plain
  >;
  return {
    size: `${task.Cpu} CPU, ${task.Memory} MiB`,
    image: container.Image,
    command: container.Command,
    readOnly: container.ReadonlyRootFilesystem ?? false,
    privileged: container.Privileged ?? false,
    environment: sortedByContent(
      (container.Environment as { Name: string; Value: string }[]).map(
        ({ Name, Value }) => `${Name}=${Value}`,
      ),
    ),
  };
}

/** Buckets with their protection. */
export function readBuckets(template: CloudFormationTemplate): Facts[] {
  return sortedByContent(
    template
      .entries('AWS::S3::Bucket')
      .map(([id, { Properties: bucket = {} }]) => {
        const encryption =
          bucket.BucketEncryption.ServerSideEncryptionConfiguration[0]
            .ServerSideEncryptionByDefault;
        const access = bucket.PublicAccessBlockConfiguration;
        const policy = template
          .all('AWS::S3::BucketPolicy')
          .find(candidate => template.target(candidate.Bucket) === id);
        return {
          encryption: encryption.SSEAlgorithm,
          key: encryption.KMSMasterKeyID
            ? template.neutral(encryption.KMSMasterKeyID)
            : null,
          public: !(
            access?.BlockPublicAcls &&
            access.BlockPublicPolicy &&
            access.IgnorePublicAcls &&
            access.RestrictPublicBuckets
          ),
          tlsOnly: deniesPlainTransport(
            template.neutral(policy?.PolicyDocument),
          ),
          versioned: bucket.VersioningConfiguration?.Status === 'Enabled',
          expiresAfterDays:
            bucket.LifecycleConfiguration.Rules[0].ExpirationInDays,
          tiering: tieringOf(bucket.LifecycleConfiguration.Rules),
          accessLogs: bucket.LoggingConfiguration?.LogFilePrefix ?? null,
        };
      }),
  );
}

/** To which storage class a bucket moves objects, when, and from which size in bytes. */
function tieringOf(rules: readonly Properties[]): string | null {
  const [rule] = rules.filter(({ Transitions }) => Transitions);
  if (!rule) return null;
  const [{ StorageClass, TransitionInDays }] = rule.Transitions;
  return `${StorageClass} after ${TransitionInDays} days above ${
    rule.ObjectSizeGreaterThan ?? 0
  }`;
}

/** Queues. */
export function readQueues(template: CloudFormationTemplate): Facts[] {
  const tlsOnly = new Set(
    template
      .all('AWS::SQS::QueuePolicy')
      .filter(policy =>
        deniesPlainTransport(template.neutral(policy.PolicyDocument)),
      )
      .flatMap(policy =>
        policy.Queues.map((queue: Properties) => template.target(queue)),
      ),
  );
  return sortedByContent(
    template
      .entries('AWS::SQS::Queue')
      .map(([id, { Properties: queue = {} }]) => ({
        name: queue.QueueName,
        encrypted: queue.SqsManagedSseEnabled === true,
        tlsOnly: tlsOnly.has(id),
        retentionSeconds: queue.MessageRetentionPeriod,
        attempts: queue.RedrivePolicy?.maxReceiveCount ?? null,
      })),
  );
}

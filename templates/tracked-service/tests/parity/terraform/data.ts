import type { Plain } from '../InfrastructureModel';
import { deniesPlainTransport, sortedByContent } from '../statements';
import {
  block,
  blocks,
  neutral,
  neutralJson,
  stackResources,
  type StateObject,
  type TerraformState,
} from './TerraformState';
import { oneOf } from './ecs';

type Facts = Readonly<Record<string, Plain>>;

/** The database. */
export function readDatabase(state: TerraformState): Facts {
  const db = state.one('aws_db_instance');
  const parameters = blocks(state.one('aws_db_parameter_group'), 'parameter');
  return {
    engine: `${db.engine} ${db.engine_version}`,
    class: db.instance_class as Plain,
    port: Number(db.port),
    name: db.db_name as Plain,
    user: db.username as Plain,
    managedPassword: db.manage_master_user_password === true,
    passwordKey: neutral(String(db.master_user_secret_kms_key_id)),
    multiZone: db.multi_az === true,
    subnets: (state.one('aws_db_subnet_group').subnet_ids as unknown[]).length,
    public: db.publicly_accessible === true,
    storage: `${db.storage_type} ${db.allocated_storage}..${db.max_allocated_storage}`,
    encrypted: db.storage_encrypted === true,
    key: neutral(String(db.kms_key_id)),
    backupDays: Number(db.backup_retention_period),
    keepsBackups:
      db.delete_automated_backups === false && db.skip_final_snapshot === false,
    copiesTags: db.copy_tags_to_snapshot === true,
    deletionProtection: db.deletion_protection === true,
    upgradesMinor: db.auto_minor_version_upgrade === true,
    logs: sortedByContent(db.enabled_cloudwatch_logs_exports as Plain[]),
    parameters: sortedByContent(
      parameters.map(({ name, value }) => `${name}=${value}`),
    ),
    events: sortedByContent(
      state.one('aws_db_event_subscription').event_categories as Plain[],
    ),
  };
}

/** The cache, if there is one. */
export function readCache(state: TerraformState): Facts | null {
  const cache = state.optional('aws_elasticache_replication_group');
  return cache
    ? {
        id: cache.replication_group_id as Plain,
        engine: `${cache.engine} ${cache.engine_version}`,
        nodeType: cache.node_type as Plain,
        nodes: Number(cache.num_cache_clusters),
        port: Number(cache.port),
        failsOver: cache.automatic_failover_enabled === true,
        multiZone: cache.multi_az_enabled === true,
        tls: cache.transit_encryption_enabled === true,
        encrypted: String(cache.at_rest_encryption_enabled) === 'true',
        key: neutral(String(cache.kms_key_id)),
        snapshots: Number(cache.snapshot_retention_limit),
        logins: stackResources(state, 'AWS::ElastiCache::User')
          .filter(() => (cache.user_group_ids as unknown[] | null)?.length)
          .map(
            ([, user]) =>
              `${user.UserName}: ${user.AccessString}, ${
                (user.Passwords as unknown[] | undefined)?.length ?? 0
              } password`,
          ),
        evicts:
          state.optional('aws_elasticache_parameter_group') === undefined ||
          !blocks(
            state.one('aws_elasticache_parameter_group'),
            'parameter',
          ).some(
            ({ name, value }) =>
              name === 'maxmemory-policy' && value === 'noeviction',
          ),
      }
    : null;
}

/** Download agents and their API, if there are any. */
export function readClients(state: TerraformState): Facts | null {
  if (!state.optional('aws_apigatewayv2_api')) return null;
  const service = oneOf(state, 'aws_ecs_service', 'agents');
  const agent = readTask(state, '-agent');
  const range = oneOf(state, 'aws_appautoscaling_target', 'agents');
  const policy = block(
    state
      .all('aws_appautoscaling_policy')
      .find(({ name }) => String(name).endsWith('-backlog'))!,
    'target_tracking_scaling_policy_configuration',
  );
  const stage = state.one('aws_apigatewayv2_stage');
  const throttle = block(stage, 'default_route_settings');
  const integration = state.one('aws_apigatewayv2_integration');
  return {
    ...agent,
    publicAddress:
      block(service, 'network_configuration').assign_public_ip === true,
    rollsBack: block(service, 'deployment_circuit_breaker').rollback === true,
    tasks: `${range.min_capacity}..${range.max_capacity}`,
    backlogTarget: Number(policy.target_value),
    backlogMetric: String(
      block(policy, 'customized_metric_specification').metric_name,
    ),
    insights: readInsights(state, String(service.cluster)),
    route: state.one('aws_apigatewayv2_route').route_key as Plain,
    authorization: state.one('aws_apigatewayv2_route')
      .authorization_type as Plain,
    integration: integration.integration_subtype as Plain,
    message: (integration.request_parameters as Record<string, Plain>)
      .MessageBody,
    throttle: `${throttle.throttling_rate_limit}/s, burst ${throttle.throttling_burst_limit}`,
    accessLogFormat: block(stage, 'access_log_settings').format as Plain,
  };
}

/** The task that migrates the schema. */
export function readMigration(state: TerraformState): Facts {
  const [cluster] = state
    .all('aws_ecs_cluster')
    .filter(({ name }) => String(name).endsWith('-migration'));
  return {
    ...readTask(state, '-migration'),
    insights: readInsights(state, String(cluster.arn)),
  };
}

export function readInsights(state: TerraformState, clusterArn: string): Plain {
  const cluster = state
    .all('aws_ecs_cluster')
    .find(({ arn }) => arn === clusterArn);
  return block(cluster ?? {}, 'setting').value as Plain;
}

/** The task whose family ends like this. */
export function readTask(state: TerraformState, suffix: string): Facts {
  const task = state
    .all('aws_ecs_task_definition')
    .find(({ family }) => String(family).endsWith(suffix));
  if (!task) throw new Error(`No task definition *${suffix}`);
  const [container] = neutralJson(task.container_definitions) as Record<
    string,
    Plain
  >[];
  return {
    size: `${task.cpu} CPU, ${task.memory} MiB`,
    image: container.image,
    command: container.command,
    readOnly: container.readonlyRootFilesystem ?? false,
    privileged: container.privileged ?? false,
    environment: sortedByContent(
      (container.environment as { name: string; value: string }[]).map(
        ({ name, value }) => `${name}=${value}`,
      ),
    ),
  };
}

/** To which storage class a bucket moves objects, when, and from which size in bytes. */
function tieringOf(lifecycle: StateObject): string | null {
  const [rule] = blocks(lifecycle, 'rule').filter(
    each => blocks(each, 'transition').length > 0,
  );
  if (!rule) return null;
  const { storage_class, days } = block(rule, 'transition');
  const [filter] = blocks(rule, 'filter');
  return `${storage_class} after ${days} days above ${
    filter?.object_size_greater_than ?? 0
  }`;
}

/** Buckets with their protection. */
export function readBuckets(state: TerraformState): Facts[] {
  return sortedByContent(
    state.all('aws_s3_bucket').map(({ id }) => {
      const of = (type: string) =>
        state.all(type).find(({ bucket }) => bucket === id);
      const encryption = block(
        block(
          of('aws_s3_bucket_server_side_encryption_configuration')!,
          'rule',
        ),
        'apply_server_side_encryption_by_default',
      );
      const access = of('aws_s3_bucket_public_access_block');
      const rule = block(of('aws_s3_bucket_lifecycle_configuration')!, 'rule');
      return {
        encryption: encryption.sse_algorithm as Plain,
        // S3-managed encryption has no key of ours.
        key:
          encryption.sse_algorithm === 'aws:kms'
            ? neutral(String(encryption.kms_master_key_id))
            : null,
        public: !(
          access?.block_public_acls &&
          access.block_public_policy &&
          access.ignore_public_acls &&
          access.restrict_public_buckets
        ),
        tlsOnly: deniesPlainTransport(
          neutralJson(of('aws_s3_bucket_policy')?.policy ?? '{}'),
        ),
        versioned:
          blocks(
            of('aws_s3_bucket_versioning') ?? {},
            'versioning_configuration',
          )[0]?.status === 'Enabled',
        expiresAfterDays: Number(block(rule, 'expiration').days),
        tiering: tieringOf(of('aws_s3_bucket_lifecycle_configuration')!),
        accessLogs:
          (of('aws_s3_bucket_logging')?.target_prefix as Plain) ?? null,
      };
    }),
  );
}

/** Queues. */
export function readQueues(state: TerraformState): Facts[] {
  const tlsOnly = new Set(
    state
      .all('aws_sqs_queue_policy')
      .filter(({ policy }) => deniesPlainTransport(neutralJson(policy)))
      .map(({ queue_url }) => queue_url),
  );
  return sortedByContent(
    state.all('aws_sqs_queue').map(queue => ({
      name: queue.name as Plain,
      encrypted: queue.sqs_managed_sse_enabled === true,
      tlsOnly: tlsOnly.has(queue.url),
      retentionSeconds: Number(queue.message_retention_seconds),
      attempts: String(queue.redrive_policy).includes('maxReceiveCount')
        ? Number(JSON.parse(String(queue.redrive_policy)).maxReceiveCount)
        : null,
    })),
  );
}

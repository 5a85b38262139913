import { ACCOUNT, REGION } from './BootstrapStack';
import type { RequestContext } from './isAllowed';
import { BROKER_CALLS } from './brokerCalls';
import { CLUSTER_CALLS } from './clusterCalls';
import { NETWORK_CALLS } from './networkCalls';
import {
  all,
  anything,
  ec2,
  grant,
  on,
  passRole,
  regional,
  role,
  serviceRole,
  type CallsFor,
} from './callsFor';

const bucket = (actions: string) =>
  on('s3', actions, fullName => `arn:aws:s3:::${fullName}-logs-20260101`);
const group = (fullName: string) =>
  regional(
    'autoscaling',
    `autoScalingGroup:1:autoScalingGroupName/${fullName}`,
  );
const logGroup = (fullName: string) =>
  regional('logs', `log-group:/cloudtrace/${fullName}/service`);
const cluster = (fullName: string) =>
  regional('ecs', `cluster/${fullName}-service`);
const topic = (fullName: string) =>
  regional('sns', `${fullName}-notifications`);
const queue = (fullName: string) => regional('sqs', `${fullName}-downloads`);
const lambda = (fullName: string) =>
  regional('lambda', `function:${fullName}-healing`);
const rule = (fullName: string) =>
  regional('events', `rule/${fullName}-healing-check`);

/** What Terraform's AWS provider calls to create, read, update and delete each type of resource of the template. */
export const TERRAFORM_CALLS: Readonly<Record<string, CallsFor>> = {
  ...NETWORK_CALLS,
  ...BROKER_CALLS,
  ...CLUSTER_CALLS,
  aws_cloudformation_stack: all(
    NETWORK_CALLS.aws_cloudformation_stack,
    BROKER_CALLS.aws_cloudformation_stack,
  ),
  aws_appautoscaling_policy: on(
    'application-autoscaling',
    'DeleteScalingPolicy DescribeScalingPolicies PutScalingPolicy',
    anything,
  ),
  aws_appautoscaling_target: all(
    on(
      'application-autoscaling',
      'DeregisterScalableTarget DescribeScalableTargets ListTagsForResource RegisterScalableTarget TagResource UntagResource',
      anything,
    ),
    serviceRole('ecs.application-autoscaling.amazonaws.com'),
  ),
  aws_autoscaling_group: all(
    on(
      'autoscaling',
      'CancelInstanceRefresh CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup DeleteTags DisableMetricsCollection EnableMetricsCollection StartInstanceRefresh UpdateAutoScalingGroup',
      group,
    ),
    on(
      'autoscaling',
      'DescribeAutoScalingGroups DescribeInstanceRefreshes DescribeScalingActivities DescribeWarmPool',
      anything,
    ),
    on(
      'ssm',
      'GetParameters',
      () =>
        `arn:aws:ssm:${REGION}::parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64`,
    ),
    ec2('RunInstances CreateTags DescribeLaunchTemplateVersions'),
    passRole('ec2.amazonaws.com'),
    serviceRole('autoscaling.amazonaws.com'),
    serviceRole('spot.amazonaws.com'),
  ),
  aws_autoscaling_lifecycle_hook: all(
    on('autoscaling', 'DeleteLifecycleHook PutLifecycleHook', group),
    on('autoscaling', 'DescribeLifecycleHooks', anything),
  ),
  aws_autoscaling_notification: all(
    on(
      'autoscaling',
      'DeleteNotificationConfiguration PutNotificationConfiguration',
      group,
    ),
    on('autoscaling', 'DescribeNotificationConfigurations', anything),
  ),
  aws_autoscaling_policy: all(
    on('autoscaling', 'DeletePolicy PutScalingPolicy', group),
    on('autoscaling', 'DescribePolicies', anything),
  ),
  aws_cloudwatch_dashboard: on(
    'cloudwatch',
    'DeleteDashboards GetDashboard PutDashboard',
    fullName => `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${fullName}`,
  ),
  aws_cloudwatch_event_rule: on(
    'events',
    'DeleteRule DescribeRule ListTagsForResource PutRule TagResource UntagResource',
    rule,
  ),
  aws_cloudwatch_event_target: on(
    'events',
    'ListTargetsByRule PutTargets RemoveTargets',
    rule,
  ),
  aws_cloudwatch_log_group: all(
    on(
      'logs',
      'AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteRetentionPolicy DisassociateKmsKey ListTagsForResource PutRetentionPolicy TagResource UntagResource',
      logGroup,
    ),
    on('logs', 'DescribeLogGroups', anything),
  ),
  aws_cloudwatch_metric_alarm: on(
    'cloudwatch',
    'DeleteAlarms DescribeAlarms ListTagsForResource PutMetricAlarm TagResource UntagResource',
    fullName => regional('cloudwatch', `alarm:${fullName}-latency-p95`),
  ),
  aws_db_event_subscription: on(
    'rds',
    'AddTagsToResource CreateEventSubscription DeleteEventSubscription DescribeEventSubscriptions ListTagsForResource ModifyEventSubscription RemoveTagsFromResource',
    fullName => regional('rds', `es:${fullName}`),
  ),
  aws_db_instance: all(
    on(
      'rds',
      'AddTagsToResource CreateDBInstance DeleteDBInstance DescribeDBInstances ListTagsForResource ModifyDBInstance RebootDBInstance RemoveTagsFromResource',
      fullName => regional('rds', `db:${fullName}`),
    ),
    on('rds', 'CreateDBInstance', () =>
      regional('rds', 'og:default:postgres-17'),
    ),
    on('rds', 'CreateDBSnapshot', fullName =>
      regional('rds', `snapshot:${fullName}-final`),
    ),
    // RDS creates the master user's secret with the permissions of who creates the database.
    on('secretsmanager', 'CreateSecret TagResource', () =>
      regional('secretsmanager', 'secret:rds!db-1'),
    ),
    on('kms', 'Decrypt GenerateDataKey', () => regional('kms', 'key/1'), {
      'kms:ViaService': `rds.${REGION}.amazonaws.com`,
    }),
    grant,
    serviceRole('rds.amazonaws.com'),
  ),
  aws_db_parameter_group: on(
    'rds',
    'AddTagsToResource CreateDBParameterGroup DeleteDBParameterGroup DescribeDBParameterGroups DescribeDBParameters ListTagsForResource ModifyDBParameterGroup RemoveTagsFromResource ResetDBParameterGroup',
    fullName => regional('rds', `pg:${fullName}-postgres17`),
  ),
  aws_db_subnet_group: on(
    'rds',
    'AddTagsToResource CreateDBSubnetGroup DeleteDBSubnetGroup DescribeDBSubnetGroups ListTagsForResource ModifyDBSubnetGroup RemoveTagsFromResource',
    fullName => regional('rds', `subgrp:${fullName}`),
  ),
  aws_ecs_cluster: all(
    on(
      'ecs',
      'CreateCluster DeleteCluster DescribeClusters ListTagsForResource TagResource UntagResource UpdateCluster UpdateClusterSettings',
      cluster,
    ),
    // The cluster of the download agents.
    on('ecs', 'CreateCluster', fullName =>
      regional('ecs', `cluster/${fullName}`),
    ),
    serviceRole('ecs.amazonaws.com'),
  ),
  aws_ecs_cluster_capacity_providers: on(
    'ecs',
    'DescribeClusters PutClusterCapacityProviders',
    cluster,
  ),
  aws_ecs_service: on(
    'ecs',
    'CreateService DeleteService DescribeServices ListTagsForResource TagResource UntagResource UpdateService',
    fullName => regional('ecs', `service/${fullName}-service/${fullName}`),
  ),
  aws_ecs_task_definition: all(
    on('ecs', 'RegisterTaskDefinition TagResource UntagResource', fullName =>
      regional('ecs', `task-definition/${fullName}:7`),
    ),
    on('ecs', 'DeregisterTaskDefinition DescribeTaskDefinition', anything),
    passRole('ecs-tasks.amazonaws.com'),
  ),
  aws_elasticache_replication_group: all(
    on(
      'elasticache',
      'AddTagsToResource CreateReplicationGroup DeleteReplicationGroup DescribeReplicationGroups ListTagsForResource ModifyReplicationGroup RemoveTagsFromResource',
      fullName => regional('elasticache', `replicationgroup:${fullName}`),
    ),
    on('elasticache', 'CreateReplicationGroup', () =>
      regional('elasticache', 'parametergroup:default.valkey8'),
    ),
    on('elasticache', 'DescribeCacheClusters', anything),
    grant,
    serviceRole('elasticache.amazonaws.com'),
  ),
  aws_elasticache_subnet_group: on(
    'elasticache',
    'AddTagsToResource CreateCacheSubnetGroup DeleteCacheSubnetGroup DescribeCacheSubnetGroups ListTagsForResource ModifyCacheSubnetGroup RemoveTagsFromResource',
    fullName => regional('elasticache', `subnetgroup:${fullName}`),
  ),
  aws_iam_instance_profile: on(
    'iam',
    'AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile',
    fullName => `arn:aws:iam::${ACCOUNT}:instance-profile/${fullName}-instance`,
  ),
  aws_iam_role: fullName => [
    ...on(
      'iam',
      'CreateRole PutRolePermissionsBoundary',
      role,
      withBoundary(fullName),
    )(fullName),
    ...on(
      'iam',
      'DeleteRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
      role,
    )(fullName),
  ],
  aws_iam_role_policy: fullName => [
    ...on('iam', 'PutRolePolicy', role, withBoundary(fullName))(fullName),
    ...on('iam', 'DeleteRolePolicy GetRolePolicy', role)(fullName),
  ],
  aws_kms_alias: on(
    'kms',
    'CreateAlias DeleteAlias ListAliases UpdateAlias',
    anything,
  ),
  aws_kms_key: on(
    'kms',
    'CreateKey DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription',
    anything,
  ),
  aws_lambda_function: all(
    on(
      'lambda',
      'CreateFunction DeleteFunction GetFunction GetFunctionCodeSigningConfig ListTags ListVersionsByFunction PutFunctionConcurrency TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration',
      lambda,
    ),
    passRole('lambda.amazonaws.com'),
  ),
  aws_lambda_function_event_invoke_config: on(
    'lambda',
    'DeleteFunctionEventInvokeConfig GetFunctionEventInvokeConfig PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig',
    lambda,
  ),
  aws_lambda_permission: on(
    'lambda',
    'AddPermission GetPolicy RemovePermission',
    lambda,
  ),
  aws_launch_template: ec2(
    'CreateLaunchTemplate CreateLaunchTemplateVersion CreateTags DeleteLaunchTemplate DescribeLaunchTemplateVersions DescribeLaunchTemplates ModifyLaunchTemplate',
  ),
  aws_s3_bucket: bucket(
    'CreateBucket DeleteBucket GetBucketAcl GetBucketTagging ListBucket ListBucketVersions PutBucketTagging',
  ),
  aws_s3_bucket_lifecycle_configuration: bucket(
    'GetLifecycleConfiguration PutLifecycleConfiguration',
  ),
  aws_s3_bucket_logging: bucket('GetBucketLogging PutBucketLogging'),
  aws_s3_bucket_policy: bucket(
    'DeleteBucketPolicy GetBucketPolicy PutBucketPolicy',
  ),
  aws_s3_bucket_public_access_block: bucket(
    'GetBucketPublicAccessBlock PutBucketPublicAccessBlock',
  ),
  aws_s3_bucket_server_side_encryption_configuration: bucket(
    'GetEncryptionConfiguration PutEncryptionConfiguration',
  ),
  aws_s3_bucket_versioning: bucket('GetBucketVersioning PutBucketVersioning'),
  aws_secretsmanager_secret: on(
    'secretsmanager',
    'CreateSecret DeleteSecret DescribeSecret GetResourcePolicy TagResource UntagResource UpdateSecret',
    fullName =>
      regional('secretsmanager', `secret:${fullName}/ingest-token-AbCdEf`),
  ),
  aws_sns_topic: on(
    'sns',
    'CreateTopic DeleteTopic GetTopicAttributes ListTagsForResource SetTopicAttributes TagResource UntagResource',
    topic,
  ),
  aws_sns_topic_policy: on(
    'sns',
    'GetTopicAttributes SetTopicAttributes',
    topic,
  ),
  aws_sns_topic_subscription: all(
    on('sns', 'GetSubscriptionAttributes Unsubscribe', fullName =>
      regional('sns', `${fullName}-notifications:1`),
    ),
    on('sns', 'Subscribe', topic),
  ),
  aws_sqs_queue: on(
    'sqs',
    'CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl ListQueueTags SetQueueAttributes TagQueue UntagQueue',
    queue,
  ),
  aws_sqs_queue_policy: on(
    'sqs',
    'GetQueueAttributes SetQueueAttributes',
    queue,
  ),
  aws_ssm_parameter: all(
    on(
      'ssm',
      'AddTagsToResource DeleteParameter GetParameter ListTagsForResource PutParameter RemoveTagsFromResource',
      fullName => regional('ssm', `parameter/${fullName}/healing/declared`),
    ),
    on('ssm', 'DescribeParameters', anything),
  ),
};

function withBoundary(fullName: string): RequestContext {
  return {
    'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/${fullName}-boundary`,
  };
}

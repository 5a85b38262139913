import type { AlarmModel, Plain, RoleModel } from '../InfrastructureModel';
import {
  deniesPlainTransport,
  keyUsers,
  permissions,
  publicGrants,
  sortedByContent,
  trust,
  unique,
} from '../statements';
import {
  blocks,
  neutral,
  neutralJson,
  stackResources,
  type TerraformState,
} from './TerraformState';

type Facts = Readonly<Record<string, Plain>>;

/** Log groups. */
export function readLogGroups(state: TerraformState): Facts[] {
  return sortedByContent(
    state.all('aws_cloudwatch_log_group').map(group => ({
      name: group.name as Plain,
      retentionDays: Number(group.retention_in_days),
      key: neutral(String(group.kms_key_id)),
    })),
  );
}

/** The topic and its subscribers. */
export function readNotifications(state: TerraformState): Facts {
  const topic = state.one('aws_sns_topic');
  return {
    name: topic.name as Plain,
    key: neutral(String(topic.kms_master_key_id)),
    tlsOnly: deniesPlainTransport(
      neutralJson(state.one('aws_sns_topic_policy').policy),
    ),
    subscribers: state
      .all('aws_sns_topic_subscription')
      .map(({ protocol, endpoint }) => `${protocol}:${endpoint}`),
  };
}

/** Alarms. */
export function readAlarms(state: TerraformState): AlarmModel[] {
  return sortedByContent(
    state.all('aws_cloudwatch_metric_alarm').map(alarm => {
      const queries = blocks(alarm, 'metric_query');
      const expression = queries.find(query => query.expression);
      const metrics = queries.flatMap(query => blocks(query, 'metric'));
      const dimensions = [alarm, ...metrics].flatMap(({ dimensions: names }) =>
        Object.keys(names ?? {}),
      );
      return {
        name: String(alarm.alarm_name),
        metric: expression
          ? `${expression.expression} of ${unique(
              metrics.map(({ metric_name }) => String(metric_name)),
            )}`
          : `${alarm.namespace} ${alarm.metric_name}`,
        dimensions: unique(dimensions),
        statistic: (alarm.statistic || alarm.extended_statistic || null) as
          | string
          | null,
        evaluationPeriods: Number(alarm.evaluation_periods),
        operator: String(alarm.comparison_operator),
        threshold: Number(alarm.threshold),
        missingData: String(alarm.treat_missing_data),
        actions: [alarm.alarm_actions, alarm.ok_actions]
          .flatMap(actions => (actions ?? []) as string[])
          .map(neutral),
      };
    }),
  );
}

/** Roles with their permissions. */
export function readRoles(state: TerraformState): RoleModel[] {
  return sortedByContent(
    state.all('aws_iam_role').map(role => ({
      assumedBy: trust(neutralJson(role.assume_role_policy)),
      permissions: unique(
        state
          .all('aws_iam_role_policy')
          .filter(policy => policy.role === role.id)
          .flatMap(policy => permissions(neutralJson(policy.policy))),
      ),
      managedPolicies: state
        .all('aws_iam_role_policy_attachment')
        .filter(({ role: name }) => name === role.name)
        .map(({ policy_arn }) => String(policy_arn)),
      permissionsBoundary: String(role.permissions_boundary ?? ''),
    })),
  );
}

/** Whether every key is rotated. */
export function readKeyRotation(state: TerraformState): boolean {
  return state
    .all('aws_kms_key')
    .every(key => key.enable_key_rotation === true);
}

/** Who may use the keys, on which condition. */
export function readKeyUsers(state: TerraformState): string[] {
  return unique(
    state.all('aws_kms_key').flatMap(key => keyUsers(neutralJson(key.policy))),
  );
}

const RESOURCE_POLICIES: readonly [kind: string, type: string][] = [
  ['bucket', 'aws_s3_bucket_policy'],
  ['key', 'aws_kms_key'],
  ['queue', 'aws_sqs_queue_policy'],
  ['secret', 'aws_secretsmanager_secret_policy'],
  ['topic', 'aws_sns_topic_policy'],
];

/** What the policies of resources allow to everyone. */
export function readPublicGrants(state: TerraformState): string[] {
  return RESOURCE_POLICIES.flatMap(([kind, type]) =>
    state
      .all(type)
      .flatMap(({ policy }) => publicGrants(neutralJson(policy)))
      .map(grant => `${kind}: ${grant}`),
  );
}

/** Secrets; `hasValue`: the value is part of the infrastructure code. */
export function readSecrets(state: TerraformState): Facts[] {
  return sortedByContent([
    ...state.all('aws_secretsmanager_secret').map(secret => ({
      name: secret.name as Plain,
      key: neutral(String(secret.kms_key_id)),
      hasValue: state
        .all('aws_secretsmanager_secret_version')
        .some(({ secret_id }) => secret_id === secret.id),
    })),
    ...stackResources(state, 'AWS::SecretsManager::Secret').map(
      ([, secret]) => ({
        name: secret.Name as Plain,
        key: neutral(String(secret.KmsKeyId)),
        hasValue: secret.SecretString !== undefined,
      }),
    ),
  ]);
}

/** Addresses of resources that can be tagged but lack the tag. */
export function readUntagged(
  state: TerraformState,
  tag: string,
  value: string,
): string[] {
  return state.resources
    .filter(({ type, values }) => {
      if (type === 'aws_autoscaling_group') {
        return !blocks(values, 'tag').some(
          item => item.key === tag && item.value === value,
        );
      }
      return (
        'tags_all' in values &&
        (values.tags_all as Record<string, unknown>)?.[tag] !== value
      );
    })
    .map(({ address }) => address);
}

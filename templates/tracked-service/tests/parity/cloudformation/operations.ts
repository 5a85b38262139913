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
import type {
  CloudFormationTemplate,
  Properties,
} from './CloudFormationTemplate';

type Facts = Readonly<Record<string, Plain>>;

/** Log groups. */
export function readLogGroups(template: CloudFormationTemplate): Facts[] {
  return sortedByContent(
    template
      .entries('AWS::Logs::LogGroup')
      // Of functions that only CloudFormation needs.
      .filter(([id]) => !id.startsWith('Custom'))
      .map(([, { Properties: group = {} }]) => ({
        name: group.LogGroupName,
        retentionDays: group.RetentionInDays,
        key: template.neutral(group.KmsKeyId),
      })),
  );
}

/** The topic and its subscribers. */
export function readNotifications(template: CloudFormationTemplate): Facts {
  const topic = template.one('AWS::SNS::Topic');
  return {
    name: topic.TopicName,
    key: template.neutral(topic.KmsMasterKeyId),
    tlsOnly: deniesPlainTransport(
      template.neutral(template.one('AWS::SNS::TopicPolicy').PolicyDocument),
    ),
    subscribers: template
      .all('AWS::SNS::Subscription')
      .map(({ Protocol, Endpoint }) => `${Protocol}:${Endpoint}`),
  };
}

/** Alarms. */
export function readAlarms(template: CloudFormationTemplate): AlarmModel[] {
  return sortedByContent(
    template.all('AWS::CloudWatch::Alarm').map(alarm => {
      const queries: Properties[] = alarm.Metrics ?? [];
      const expression = queries.find(query => query.Expression);
      const metrics = queries.flatMap(query =>
        query.MetricStat ? [query.MetricStat.Metric] : [],
      );
      const dimensions = [alarm, ...metrics].flatMap(({ Dimensions = [] }) =>
        Dimensions.map(({ Name }: Properties) => Name),
      );
      return {
        name: alarm.AlarmName,
        metric: expression
          ? `${expression.Expression} of ${unique(
              metrics.map(({ MetricName }) => MetricName),
            )}`
          : `${alarm.Namespace} ${alarm.MetricName}`,
        dimensions: unique(dimensions),
        statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? null,
        evaluationPeriods: alarm.EvaluationPeriods,
        operator: alarm.ComparisonOperator,
        threshold: alarm.Threshold,
        missingData: alarm.TreatMissingData,
        actions: [
          ...(alarm.AlarmActions ?? []),
          ...(alarm.OKActions ?? []),
        ].map(action => String(template.neutral(action))),
      };
    }),
  );
}

/** Roles with their permissions, except those of functions that only CloudFormation needs. */
export function readRoles(template: CloudFormationTemplate): RoleModel[] {
  const roles = template
    .entries('AWS::IAM::Role')
    // For what CloudFormation itself cannot do.
    .filter(([id]) => !id.startsWith('Custom'))
    .map(([id, { Properties = {} }]) => ({
      assumedBy: trust(template.neutral(Properties.AssumeRolePolicyDocument)),
      permissions: unique(
        template
          .all('AWS::IAM::Policy')
          .filter(policy =>
            policy.Roles.some((role: unknown) => template.target(role) === id),
          )
          .flatMap(policy =>
            permissions(template.neutral(policy.PolicyDocument)),
          ),
      ),
      managedPolicies: (Properties.ManagedPolicyArns ?? []).map(
        (arn: unknown) => String(template.neutral(arn)),
      ),
      permissionsBoundary: String(
        template.neutral(Properties.PermissionsBoundary ?? ''),
      ),
    }));
  return sortedByContent(roles);
}

/** Whether every key is rotated. */
export function readKeyRotation(template: CloudFormationTemplate): boolean {
  return template
    .all('AWS::KMS::Key')
    .every(key => key.EnableKeyRotation === true);
}

/** Who may use the keys, on which condition. */
export function readKeyUsers(template: CloudFormationTemplate): string[] {
  return unique(
    template
      .all('AWS::KMS::Key')
      .flatMap(key => keyUsers(template.neutral(key.KeyPolicy))),
  );
}

const RESOURCE_POLICIES: readonly [
  kind: string,
  type: string,
  property: string,
][] = [
  ['bucket', 'AWS::S3::BucketPolicy', 'PolicyDocument'],
  ['key', 'AWS::KMS::Key', 'KeyPolicy'],
  ['queue', 'AWS::SQS::QueuePolicy', 'PolicyDocument'],
  ['secret', 'AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'],
  ['topic', 'AWS::SNS::TopicPolicy', 'PolicyDocument'],
];

/** What the policies of resources allow to everyone. */
export function readPublicGrants(template: CloudFormationTemplate): string[] {
  return RESOURCE_POLICIES.flatMap(([kind, type, property]) =>
    template
      .all(type)
      .flatMap(policy => publicGrants(template.neutral(policy[property])))
      .map(grant => `${kind}: ${grant}`),
  );
}

/** Secrets; `hasValue`: the value is part of the infrastructure code. */
export function readSecrets(template: CloudFormationTemplate): Facts[] {
  return sortedByContent(
    template.all('AWS::SecretsManager::Secret').map(secret => ({
      name: secret.Name,
      key: template.neutral(secret.KmsKeyId),
      hasValue: secret.SecretString !== undefined,
    })),
  );
}

/** Types that a bill, an inventory or the portal reads must have tags; other types must only not have wrong ones. */
const TAGGED_TYPES = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CloudWatch::Alarm',
  'AWS::EC2::NatGateway',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::Events::Rule',
  'AWS::Lambda::Function',
  'AWS::SSM::Parameter',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::EKS::AccessEntry',
  'AWS::EKS::Addon',
  'AWS::EKS::Cluster',
  'AWS::EKS::Nodegroup',
  'AWS::EKS::PodIdentityAssociation',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::MSK::Cluster',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
]);

/** Logical ids of resources that lack the tag. */
export function readUntagged(
  template: CloudFormationTemplate,
  tag: string,
  value: string,
): string[] {
  return template.resources
    .filter(([id, { Type, Properties: { Tags } = {} }]) => {
      // The role of the function that CDK itself adds cannot have tags.
      if (Tags === undefined) {
        return TAGGED_TYPES.has(Type) && !id.startsWith('Custom');
      }
      return Array.isArray(Tags)
        ? !Tags.some(item => item.Key === tag && item.Value === value)
        : Tags[tag] !== value;
    })
    .map(([id]) => id);
}

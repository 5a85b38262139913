import type { InfrastructureModel, RoleModel } from '../InfrastructureModel';
import { isWithinBoundary } from './isWithinBoundary';
import type { Rule } from './Rule';

/** Actions that do not support resource-level permissions; all others must name their resources. */
const WITHOUT_RESOURCE_LEVEL =
  /^(application-autoscaling|autoscaling|cloudwatch|ec2|ecs|elasticloadbalancing|rds|tag):(Describe|Get|List)\w+$|^ecr:GetAuthorizationToken$|^ssm:UpdateInstanceInformation$|^ssmmessages:\w+$/;

/** Resources of EC2 have no names in their ARNs: their tags or their VPC limit an action instead. */
const LIMITED_IN_EC2 =
  /^Allow ec2:\w+ arn:\S+\/\* .*"(?:aws:(?:RequestTag|ResourceTag)\/|aws:TagKeys"|ec2:Vpc")/;

/** Who may do what. */
export const identityRules: readonly Rule[] = [
  {
    source: 'IAM.21',
    find: ({ roles }) =>
      roles.flatMap(role => role.permissions.flatMap(permissionProblems)),
  },
  {
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-use-aws-defined-policies',
    find: ({ roles }) =>
      roles.flatMap(role =>
        role.managedPolicies.map(
          policy => `a role has a policy that AWS can extend: ${policy}`,
        ),
      ),
  },
  {
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    find: ({ roles }) => roles.flatMap(trustProblems),
  },
  {
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    find: ({ roles }) => roles.flatMap(boundaryProblems),
  },
  {
    source:
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
    // A role that AWS creates with the first resource of its service does not exist in a new account.
    find: ({ keyUsers }) =>
      keyUsers
        .filter(user => /^\{[^}]*aws-service-role/.test(user))
        .map(
          user => `KMS rejects a missing role as principal of a key: ${user}`,
        ),
  },
  {
    source: 'KMS.5, S3.2, SNS.4, SQS.3',
    find: ({ publicGrants }) =>
      publicGrants.map(grant => `everyone is allowed: ${grant}`),
  },
  {
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    find: metricProblems,
  },
];

function permissionProblems(line: string): string[] {
  const [effect, action, resource] = line.split(' ');
  if (effect !== 'Allow') return [];
  if (action.includes('*')) return [`wildcard action: ${line}`];
  // Does not support resource-level permissions, but a condition instead.
  if (action === 'cloudwatch:PutMetricData') {
    return line.includes('"cloudwatch:namespace"')
      ? []
      : [`metrics in any namespace: ${line}`];
  }
  return isAnything(resource) &&
    !WITHOUT_RESOURCE_LEVEL.test(action) &&
    !LIMITED_IN_EC2.test(line)
    ? [`wildcard resource: ${line}`]
    : [];
}

/** `*`, or every resource of a service such as `arn:aws:secretsmanager:*:*:secret:*`. */
function isAnything(resource: string): boolean {
  return (
    resource === '*' ||
    /^arn:[\w*-]+:[\w*-]+:[\w*-]*:[\d*]*:(?:[\w-]+[:/])?\*$/.test(resource)
  );
}

/** The policy of infra/bootstrap, without which the pipeline may not create the role, and what it lacks. */
function boundaryProblems(role: RoleModel): string[] {
  if (!/:policy\/[\w-]+-boundary$/.test(role.permissionsBoundary)) {
    return [
      `a role without permissions boundary is assumed by ${role.assumedBy}`,
    ];
  }
  return role.permissions.flatMap(line => {
    const [effect, action] = line.split(' ');
    return effect === 'Allow' && !isWithinBoundary(action)
      ? [`the permissions boundary does not allow ${action}`]
      : [];
  });
}

function trustProblems({ assumedBy }: RoleModel): string[] {
  if (/"\*"/.test(assumedBy)) return [`anyone may assume a role: ${assumedBy}`];
  return assumedBy.includes('"AWS"') && !assumedBy.includes('sts:ExternalId')
    ? [`another account assumes a role without external id: ${assumedBy}`]
    : [];
}

function metricProblems({ roles, scaling, compute }: InfrastructureModel) {
  const publishes = (namespace: string) =>
    roles.some(role =>
      role.permissions.some(
        line =>
          line.includes('cloudwatch:PutMetricData') && line.includes(namespace),
      ),
    );
  const usesOwnMetric =
    scaling.some(policy => policy.metric?.includes('CloudTrace/Service')) ||
    compute.cluster?.podIdentities.includes('keda/keda-operator') === true;
  return [
    ...mismatch(
      'scaling reads',
      publishes('CloudTrace/Service'),
      usesOwnMetric,
    ),
    ...mismatch(
      'the CloudWatch agent measures',
      publishes('CWAgent'),
      compute.userData.includes('amazon-cloudwatch-agent-ctl'),
    ),
  ];
}

function mismatch(who: string, mayPublish: boolean, isUsed: boolean): string[] {
  if (mayPublish === isUsed) return [];
  return [
    mayPublish
      ? `instances may publish metrics that nothing uses: not what ${who}`
      : `${who} a metric that instances may not publish`,
  ];
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationTemplate } from './cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from './cloudformation/readCloudFormationModel';
import { findViolations } from './policy';

const SNAPSHOT = readFileSync(
  path.resolve(__dirname, 'snapshots/asg-everything-on.json'),
  'utf8',
);

/** Violations of the reviewed template after it was weakened in one point. */
function violationsAfter(spoil: (resources: any) => void): string[] {
  const template = JSON.parse(SNAPSHOT);
  spoil(template.Resources);
  return findViolations(
    readCloudFormationModel(
      new CloudFormationTemplate(template, {
        accountId: '111111111111',
        region: 'eu-central-1',
      }),
      'component:default/orders',
    ),
    'production',
  );
}

function firstResource(resources: any, type: string): any {
  return Object.values<any>(resources).find(({ Type }) => Type === type);
}

const first = (resources: any, type: string) =>
  firstResource(resources, type).Properties;

const listenerRule = (resources: any, priority: number): any =>
  Object.values<any>(resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::ElasticLoadBalancingV2::ListenerRule' &&
      Properties.Priority === priority,
  ).Properties;

const signInOf = (resources: any, priority: number): any =>
  listenerRule(resources, priority).Actions[0].AuthenticateOidcConfig;

const healingFunction = (resources: any): any =>
  Object.values<any>(resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' &&
      Properties.ReservedConcurrentExecutions,
  ).Properties;

const policiesOf = (resources: any): any[] =>
  Object.values<any>(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => Properties.PolicyDocument);

function findStatement(resources: any, action: string): any {
  return policiesOf(resources)
    .flatMap(policy => policy.Statement)
    .find(statement => statement.Action === action);
}

function removeStatement(resources: any, action: string): void {
  for (const policy of policiesOf(resources)) {
    policy.Statement = policy.Statement.filter(
      (statement: any) => statement.Action !== action,
    );
  }
}

describe('findViolations', () => {
  it('finds nothing in the reviewed template', () => {
    expect(violationsAfter(() => {})).toEqual([]);
  });

  it.each<[string, (resources: any) => void, RegExp]>([
    [
      'a scaling metric that instances may not publish',
      r => removeStatement(r, 'cloudwatch:PutMetricData'),
      /scaling reads a metric that instances may not publish/,
    ],
    [
      'an agent that may not publish the memory of its instance',
      r => {
        findStatement(r, 'cloudwatch:PutMetricData').Condition.StringEquals[
          'cloudwatch:namespace'
        ] = 'Other';
      },
      /the CloudWatch agent measures a metric that instances may not publish/,
    ],
    [
      'metrics in any namespace',
      r => delete findStatement(r, 'cloudwatch:PutMetricData').Condition,
      /metrics in any namespace/,
    ],
    [
      'a rollback to a machine image from a parameter',
      r =>
        (firstResource(
          r,
          'AWS::AutoScaling::AutoScalingGroup',
        ).UpdatePolicy.AutoScalingInstanceRefresh.Preferences.AutoRollback =
          true),
      /cannot roll back to a machine image from a parameter/,
    ],
    [
      'a load balancer that checks liveness',
      r =>
        (first(r, 'AWS::ElasticLoadBalancingV2::TargetGroup').HealthCheckPath =
          '/healthz/live'),
      /does not check whether instances serve/,
    ],
    [
      'a load balancer that replaces an instance after a stall of 10 s',
      r =>
        (first(
          r,
          'AWS::ElasticLoadBalancingV2::TargetGroup',
        ).UnhealthyThresholdCount = 2),
      /a stall of 10 s/,
    ],
    [
      'a rollout that does not wait for the health check',
      r =>
        (firstResource(
          r,
          'AWS::AutoScaling::AutoScalingGroup',
        ).UpdatePolicy.AutoScalingInstanceRefresh.Preferences.InstanceWarmup = 120),
      /never served counts as updated/,
    ],
    [
      'an alarm that misses errors of the load balancer',
      r => {
        const alarm = Object.values<any>(r).find(
          ({ Properties }) =>
            Properties?.AlarmName === 'orders-production-server-errors',
        );
        alarm.Properties.Metrics = alarm.Properties.Metrics.filter(
          ({ Id }: any) => Id !== 'unanswered',
        );
      },
      /misses errors of the load balancer/,
    ],
    [
      'a load balancer that notices a draining instance too late',
      r =>
        (first(
          r,
          'AWS::ElasticLoadBalancingV2::TargetGroup',
        ).UnhealthyThresholdCount = 4),
      /notices a draining instance after 24000 ms/,
    ],
    [
      'a sign-in that lets everybody pass',
      r => (signInOf(r, 6).OnUnauthenticatedRequest = 'allow'),
      /lets users pass that have not signed in/,
    ],
    [
      'a sign-in with its secret in the template',
      r => (signInOf(r, 5).ClientSecret = 'a-client-secret'),
      /client secret of the sign-in is in the code/,
    ],
    [
      'a sign-in after the forwarding',
      r => (listenerRule(r, 6).Actions[1].Order = 0),
      /does not sign in once, and then forward/,
    ],
    [
      'a sign-in over plain HTTP',
      r => (signInOf(r, 6).TokenEndpoint = 'http://idp.example.org/token'),
      /address of the identity provider is not HTTPS/,
    ],
    [
      'a session without end',
      r => (signInOf(r, 5).SessionTimeout = 604_801),
      /session lasts longer than AWS accepts/,
    ],
    [
      'an exemption for every path',
      r => (listenerRule(r, 3).Conditions[0].PathPatternConfig.Values = ['/*']),
      /everybody is exempt from sign-in/,
    ],
    [
      'an exemption for half of the internet',
      r =>
        (listenerRule(r, 4).Conditions[0].SourceIpConfig.Values = [
          '128.0.0.0/1',
        ]),
      /everybody is exempt from sign-in/,
    ],
    [
      'more paths than a rule may have',
      r =>
        (listenerRule(r, 3).Conditions[0].PathPatternConfig.Values = [
          ...'abcdef',
        ].map(name => `/${name}`)),
      /more than five values/,
    ],
    [
      'a role without permissions boundary',
      r => delete first(r, 'AWS::IAM::Role').PermissionsBoundary,
      /a role without permissions boundary/,
    ],
    [
      'a permission that the boundary takes back',
      r =>
        first(r, 'AWS::IAM::Policy').PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 'dynamodb:GetItem',
          Resource: 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders',
        }),
      /the permissions boundary does not allow dynamodb:GetItem/,
    ],
    [
      'a key for a role that a new account does not have',
      r =>
        first(r, 'AWS::KMS::Key').KeyPolicy.Statement.push({
          Effect: 'Allow',
          Principal: {
            AWS: 'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
          },
          Action: 'kms:Decrypt',
          Resource: '*',
        }),
      /KMS rejects a missing role as principal/,
    ],
    [
      'a public database',
      r => (first(r, 'AWS::RDS::DBInstance').PubliclyAccessible = true),
      /public address/,
    ],
    [
      'a database without standby',
      r => (first(r, 'AWS::RDS::DBInstance').MultiAZ = false),
      /no standby/,
    ],
    [
      'an unencrypted database',
      r => (first(r, 'AWS::RDS::DBInstance').StorageEncrypted = false),
      /database is not encrypted/,
    ],
    [
      'IMDSv1',
      r =>
        (first(
          r,
          'AWS::EC2::LaunchTemplate',
        ).LaunchTemplateData.MetadataOptions.HttpTokens = 'optional'),
      /IMDSv1/,
    ],
    [
      'an unencrypted disk',
      r =>
        (first(
          r,
          'AWS::EC2::LaunchTemplate',
        ).LaunchTemplateData.BlockDeviceMappings[0].Ebs.Encrypted = false),
      /disk is not encrypted/,
    ],
    [
      'a bucket that can be made public',
      r =>
        (first(
          r,
          'AWS::S3::Bucket',
        ).PublicAccessBlockConfiguration.BlockPublicPolicy = false),
      /made public/,
    ],
    [
      'an action wildcard',
      r =>
        first(r, 'AWS::IAM::Policy').PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 's3:*',
          Resource: 'arn:aws:s3:::orders',
        }),
      /wildcard action: Allow s3:\*/,
    ],
    [
      'a resource wildcard',
      r =>
        first(r, 'AWS::IAM::Policy').PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: '*',
        }),
      /wildcard resource: Allow s3:GetObject/,
    ],
    [
      'a resource without its tag',
      r => (first(r, 'AWS::SNS::Topic').Tags = []),
      /untagged: NotificationsTopic/,
    ],
    [
      'a database port open to the internet',
      r =>
        first(r, 'AWS::EC2::SecurityGroup').SecurityGroupIngress.push({
          CidrIp: '0.0.0.0/0',
          IpProtocol: 'tcp',
          FromPort: 5433,
          ToPort: 5433,
        }),
      /open to the internet/,
    ],
    [
      'a database port open to the internet of IPv6',
      r =>
        first(r, 'AWS::EC2::SecurityGroup').SecurityGroupIngress.push({
          CidrIpv6: '::/0',
          IpProtocol: 'tcp',
          FromPort: 5433,
          ToPort: 5433,
        }),
      /open to the internet/,
    ],
    [
      'self-healing that may change more than it restores',
      r =>
        (findStatement(r, 'rds:ModifyDBInstance').Action =
          'rds:DeleteDBInstance'),
      /self-healing may do more than restore: Allow rds:DeleteDBInstance/,
    ],
    [
      'self-healing that may open the database',
      r => delete findStatement(r, 'rds:ModifyDBInstance').Condition,
      /self-healing may set any value: Allow rds:ModifyDBInstance/,
    ],
    [
      'self-healing that ignores the pause of a deployment',
      r =>
        (healingFunction(r).Environment.Variables.PAUSE_PARAMETER = '/other'),
      /does not see the pause/,
    ],
    [
      'self-healing that does not know a declared rule',
      r => {
        r.Extra = {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: {
            GroupId: first(r, 'AWS::RDS::DBInstance').VPCSecurityGroups[0],
            CidrIp: '10.1.0.0/16',
            IpProtocol: 'tcp',
            FromPort: 5433,
            ToPort: 5433,
          },
        };
      },
      /self-healing would remove a declared rule: in {2}10\.1\.0\.0\/16 -> database tcp 5433/,
    ],
    [
      'self-healing that does not know a declared rule for a prefix list',
      r =>
        first(r, 'AWS::EC2::SecurityGroup').SecurityGroupIngress.push({
          SourcePrefixListId: 'pl-1',
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
        }),
      /self-healing would remove a declared rule: in {2}pl-1 -> .* tcp 443/,
    ],
    [
      'a change that starts no self-healing',
      r => {
        for (const { Properties } of Object.values<any>(r)) {
          if (Properties?.EventPattern?.source?.[0] === 'aws.rds') {
            Properties.Targets = [];
          }
        }
      },
      /the rule orders-production-healing-calls-rds does not start self-healing/,
    ],
    [
      'a plain HTTP listener',
      r => {
        for (const { Type, Properties } of Object.values<any>(r)) {
          if (Type === 'AWS::ElasticLoadBalancingV2::Listener') {
            Properties.Protocol = 'HTTP';
          }
        }
      },
      /plain HTTP/,
    ],
  ])('finds %s', (_name, spoil, expected) => {
    expect(violationsAfter(spoil).join('\n')).toMatch(expected);
  });
});

describe('the permissions of the portal', () => {
  it('are those that its AWS module needs, in both tools', () => {
    const text = (file: string) =>
      readFileSync(path.resolve(__dirname, '../../../..', file), 'utf8');
    const read = (file: string) => JSON.parse(text(file));
    const needed = read('docs/iam-policy/cloudtrace-read.json').Statement[0]
      .Action;
    const infra = 'templates/tracked-service/infra';
    const [, listed] = /read_actions = \[([^\]]*)\]/.exec(
      text(`${infra}/terraform/modules/portal-access/main.tf`),
    )!;
    expect([...listed.matchAll(/"(.*)"/g)].map(match => match[1])).toEqual(
      needed,
    );
    expect(read(`${infra}/cdk/lib/portal-read-actions.json`)).toEqual(needed);
  });
});

describe('the boot script', () => {
  it('is the same file in both tools', () => {
    const infra = path.resolve(__dirname, '../../compute/asg/infra');
    expect(
      readFileSync(
        path.join(infra, 'cdk/lib/compute/start-service.sh'),
        'utf8',
      ),
    ).toBe(
      readFileSync(
        path.join(infra, 'terraform/modules/compute/start-service.sh'),
        'utf8',
      ),
    );
  });
});

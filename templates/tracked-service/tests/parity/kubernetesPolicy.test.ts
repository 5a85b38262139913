import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationTemplate } from './cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from './cloudformation/readCloudFormationModel';
import { findViolations } from './policy';

const SNAPSHOT = readFileSync(
  path.resolve(__dirname, 'snapshots/kubernetes-everything-on.json'),
  'utf8',
);

/** Violations of the reviewed template after it was weakened in one point. */
function violationsAfter(spoil: (resources: any) => void): string {
  const template = JSON.parse(SNAPSHOT);
  spoil(template.Resources);
  const model = readCloudFormationModel(
    new CloudFormationTemplate(template, {
      accountId: '111111111111',
      region: 'eu-central-1',
    }),
    'component:default/orders',
  );
  return findViolations(model, 'production').join('\n');
}

const first = (resources: any, type: string, name = '') =>
  Object.entries<any>(resources).find(
    ([id, { Type }]) => Type === type && id.includes(name),
  )![1].Properties;
const cluster = (resources: any) => first(resources, 'AWS::EKS::Cluster');
const launchTemplate = (resources: any) =>
  first(resources, 'AWS::EC2::LaunchTemplate').LaunchTemplateData;

describe('the rules for EKS', () => {
  it('find nothing in the reviewed template', () => {
    expect(violationsAfter(() => {})).toBe('');
  });

  it.each<[string, (resources: any) => void, RegExp]>([
    [
      'an API that everybody can reach',
      r => (cluster(r).ResourcesVpcConfig.EndpointPublicAccess = true),
      /everybody can reach the API/,
    ],
    [
      'an API that half of the internet can reach',
      r =>
        Object.assign(cluster(r).ResourcesVpcConfig, {
          EndpointPublicAccess: true,
          PublicAccessCidrs: ['128.0.0.0/1'],
        }),
      /everybody can reach the API/,
    ],
    [
      'nodes that reach the API through the internet',
      r => (cluster(r).ResourcesVpcConfig.EndpointPrivateAccess = false),
      /through the internet/,
    ],
    [
      'an old Kubernetes version',
      r => (cluster(r).Version = '1.34'),
      /for an extra price only/,
    ],
    [
      'secrets without encryption',
      r => delete cluster(r).EncryptionConfig,
      /secrets of Kubernetes are not encrypted/,
    ],
    [
      'no audit log',
      r => (cluster(r).Logging.ClusterLogging.EnabledTypes = [{ Type: 'api' }]),
      /audit log of the cluster is not recorded/,
    ],
    [
      'a log group that EKS creates',
      r =>
        (first(r, 'AWS::Logs::LogGroup', 'ComputeCluster').LogGroupName =
          '/cloudtrace/orders-production/cluster'),
      /EKS creates the log group/,
    ],
    [
      'access by a ConfigMap',
      r => (cluster(r).AccessConfig.AuthenticationMode = 'API_AND_CONFIG_MAP'),
      /ConfigMap in the cluster can give access/,
    ],
    [
      'a creator who administers the cluster',
      r =>
        (cluster(r).AccessConfig.BootstrapClusterCreatorAdminPermissions =
          true),
      /whoever creates the cluster/,
    ],
    [
      'network policies that nothing enforces',
      r => delete first(r, 'AWS::EKS::Addon', 'vpccni').ConfigurationValues,
      /nothing enforces network policies/,
    ],
    [
      'an add-on that instruments every pod',
      r =>
        delete first(r, 'AWS::EKS::Addon', 'amazoncloudwatchobservability')
          .ConfigurationValues,
      /an add-on injects an agent/,
    ],
    [
      'a portal that administers the cluster',
      r =>
        Object.assign(first(r, 'AWS::EKS::AccessEntry', 'Portal'), {
          KubernetesGroups: ['system:masters'],
        }),
      /the portal may do more in the cluster/,
    ],
    [
      'pods that get the permissions of their node',
      r => (launchTemplate(r).MetadataOptions.HttpPutResponseHopLimit = 2),
      /metadata can leave the instance/,
    ],
    [
      'metadata without a token',
      r => (launchTemplate(r).MetadataOptions.HttpTokens = 'optional'),
      /IMDSv1/,
    ],
    [
      'a disk of nodes without encryption',
      r => (launchTemplate(r).BlockDeviceMappings[1].Ebs.Encrypted = false),
      /a disk is not encrypted/,
    ],
    [
      'a role for all pods of the cluster',
      r =>
        delete first(r, 'AWS::IAM::Role', 'PodRolesService')
          .AssumeRolePolicyDocument.Statement[0].Condition,
      /a pod of another service account/,
    ],
    [
      'nodes that reach each other at every port',
      r => {
        const rule = first(
          r,
          'AWS::EC2::SecurityGroupIngress',
          'NodeSecurityGroup',
        );
        Object.assign(rule, { IpProtocol: '-1', FromPort: -1, ToPort: -1 });
      },
      /nodes may reach each other at every port/,
    ],
    [
      'an update of all nodes at once',
      r => (first(r, 'AWS::EKS::Nodegroup').UpdateConfig.MaxUnavailable = 5),
      /several nodes of a zone at once/,
    ],
    [
      'a zone with spot nodes only',
      r => {
        const id = Object.keys(r).find(
          key =>
            r[key].Type === 'AWS::EKS::Nodegroup' &&
            r[key].Properties.NodegroupName === 'eu-central-1a',
        )!;
        delete r[id];
      },
      /may end up without nodes/,
    ],
    [
      'a controller that fills any target group',
      r =>
        (first(
          r,
          'AWS::IAM::Policy',
          'LoadBalancerController',
        ).PolicyDocument.Statement[0].Resource = '*'),
      /wildcard resource: Allow elasticloadbalancing:DeregisterTargets/,
    ],
    [
      'a network plugin that changes interfaces of everybody',
      r => {
        const policy = first(r, 'AWS::IAM::Policy', 'NetworkPlugin');
        policy.PolicyDocument.Statement.forEach(
          (statement: any) => delete statement.Condition,
        );
      },
      /wildcard resource: Allow ec2:DeleteNetworkInterface/,
    ],
    [
      'users that KEDA counts, but pods do not publish',
      r => {
        const policy = first(r, 'AWS::IAM::Policy', 'PodRolesService');
        policy.PolicyDocument.Statement =
          policy.PolicyDocument.Statement.filter(
            ({ Action }: any) => Action !== 'cloudwatch:PutMetricData',
          );
      },
      /scaling reads a metric that instances may not publish/,
    ],
    [
      'a secret in the environment of the pods',
      r => {
        const parameter = first(r, 'AWS::SSM::Parameter', 'Environment');
        parameter.Value['Fn::Join'][1][0] = parameter.Value[
          'Fn::Join'
        ][1][0].replace('{', '{"DATABASE_PASSWORD":"hunter2",');
      },
      /environment variable contains a secret/,
    ],
  ])('find %s', (_what, spoil, expected) => {
    expect(violationsAfter(spoil)).toMatch(expected);
  });
});

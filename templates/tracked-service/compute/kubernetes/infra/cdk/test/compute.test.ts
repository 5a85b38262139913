import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { createApp } from '../lib/createApp.ts';
import { EVERYTHING_ON, exampleSettings } from './exampleSettings.ts';
import { synthesize, testApp } from './synthesize.ts';

describe('the EKS cluster with the defaults', () => {
  const template = synthesize();

  it('is reachable from the VPC only, by those that are declared', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Name: 'orders-production',
      AccessConfig: {
        AuthenticationMode: 'API',
        BootstrapClusterCreatorAdminPermissions: false,
      },
      ResourcesVpcConfig: Match.objectLike({
        EndpointPrivateAccess: true,
        EndpointPublicAccess: false,
      }),
    });
  });

  it('encrypts secrets, and records what is done to it', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      EncryptionConfig: [Match.objectLike({ Resources: ['secrets'] })],
      Logging: {
        ClusterLogging: {
          EnabledTypes: Match.arrayWith([{ Type: 'audit' }]),
        },
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/eks/orders-production/cluster',
      KmsKeyId: Match.anyValue(),
    });
  });

  it('gives the pipeline what it needs', () => {
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      AccessPolicies: [
        {
          AccessScope: { Type: 'cluster' },
          PolicyArn:
            'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      ],
    });
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      AccessPolicies: Match.absent(),
      KubernetesGroups: ['cloudtrace-drill'],
    });
  });

  it('has nodes in every zone, which keep their permissions to themselves', () => {
    for (const zone of ['eu-central-1a', 'eu-central-1b']) {
      template.hasResourceProperties('AWS::EKS::Nodegroup', {
        NodegroupName: zone,
        CapacityType: 'ON_DEMAND',
        ScalingConfig: { MinSize: 1, DesiredSize: 1, MaxSize: 3 },
        UpdateConfig: { MaxUnavailable: 1 },
      });
    }
    template.resourceCountIs('AWS::EKS::Nodegroup', 2);
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({
        MetadataOptions: {
          HttpEndpoint: 'enabled',
          HttpTokens: 'required',
          HttpPutResponseHopLimit: 1,
        },
      }),
    });
  });

  it('enforces network policies', () => {
    template.hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'vpc-cni',
      ConfigurationValues: '{"enableNetworkPolicy":"true"}',
    });
  });

  it('keeps add-ons from changing the pods of the service', () => {
    template.hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'amazon-cloudwatch-observability',
      ConfigurationValues:
        '{"manager":{"applicationSignals":{"autoMonitor":{"monitorAllServices":false}}}}',
    });
  });

  it('lets the controller fill the target group of the service only', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: [
              'elasticloadbalancing:DeregisterTargets',
              'elasticloadbalancing:RegisterTargets',
            ],
            Resource: { Ref: Match.stringLikeRegexp('TargetGroup') },
          }),
        ]),
      }),
    });
  });

  it('tells the pipeline the bounds of the autoscaler', () => {
    template.hasOutput('MinPods', { Value: '2' });
    template.hasOutput('MaxPods', { Value: '6' });
  });

  it('tells the pods where their data stores are, but not which image they run', () => {
    const [parameter] = Object.values(
      template.findResources('AWS::SSM::Parameter', {
        Properties: { Name: '/orders-production/service-environment' },
      }),
    );
    const text = JSON.stringify(parameter);
    assert.match(text, /INSTANCE_ID_SOURCE\\*":\\*"kubernetes/);
    assert.match(text, /DATABASE_SECRET_ARN/);
    assert.doesNotMatch(text, /SERVICE_IMAGE/);
  });
});

describe('the EKS cluster with all options', () => {
  const template = synthesize({
    ...EVERYTHING_ON,
    clusterPublicAccessCidrs: ['203.0.113.0/24'],
    clusterPrivateAccessCidrs: ['10.7.0.0/24'],
    clusterAdminRoleArns: ['arn:aws:iam::111111111111:role/admins'],
  });

  it('is reachable from the named networks', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: Match.objectLike({
        EndpointPublicAccess: true,
        PublicAccessCidrs: ['203.0.113.0/24'],
      }),
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.arrayWith([
        Match.objectLike({ CidrIp: '10.7.0.0/24', FromPort: 443 }),
      ]),
    });
  });

  it('shows the pods to the portal, and no more', () => {
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: {
        'Fn::GetAtt': [Match.stringLikeRegexp('PortalAccess'), 'Arn'],
      },
      AccessPolicies: Match.absent(),
      KubernetesGroups: ['cloudtrace-read'],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'eks:DescribeCluster',
            Sid: 'ReadCluster',
          }),
        ]),
      }),
    });
  });

  it('has spot nodes besides those on demand', () => {
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      NodegroupName: 'eu-central-1c-spot',
      CapacityType: 'SPOT',
      ScalingConfig: { MinSize: 0, DesiredSize: 1, MaxSize: 3 },
    });
    template.resourceCountIs('AWS::EKS::Nodegroup', 6);
  });

  it('lets KEDA read the active users, and pods publish them', () => {
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'keda',
      ServiceAccount: 'keda-operator',
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'cloudwatch:PutMetricData',
            Condition: {
              StringEquals: { 'cloudwatch:namespace': 'CloudTrace/Service' },
            },
          }),
        ]),
      }),
    });
  });
});

describe('a cluster that the pipeline cannot reach', () => {
  const complaintsWith = (context: Record<string, string>) => {
    const app = testApp();
    for (const [key, value] of Object.entries(context)) {
      app.node.setContext(key, value);
    }
    const settings = exampleSettings({ clusterPrivateAccessCidrs: [] });
    return createApp(settings, app)
      .stack.node.findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ data }) =>
        /cannot reach the API.*clusterPrivateAccessCidrs/.test(String(data)),
      )
      .map(({ type }) => type);
  };

  it('is warned about, so that a new repository can be checked', () => {
    assert.deepEqual(complaintsWith({}), ['aws:cdk:warning']);
  });

  it('is not deployed', () => {
    assert.deepEqual(complaintsWith({ deploying: 'true' }), ['aws:cdk:error']);
  });
});

describe('the settings of the cluster', () => {
  it('reject an API that everybody can reach, and no room for updates', () => {
    assert.throws(
      () => exampleSettings({ clusterPublicAccessCidrs: ['0.0.0.0/0'] }),
      /clusterPublicAccessCidrs may list IPv4 networks/,
    );
    assert.throws(
      () => exampleSettings({ clusterPrivateAccessCidrs: ['8.8.8.0/24'] }),
      /clusterPrivateAccessCidrs may list private IPv4 networks only/,
    );
    assert.throws(
      () => exampleSettings({ nodeMinSize: 3, nodeMaxSize: 3 }),
      /nodeMaxSize must be a whole number above nodeMinSize/,
    );
    assert.throws(
      () => exampleSettings({ kubernetesVersion: 'latest' }),
      /kubernetesVersion must be a minor version/,
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { EVERYTHING_ON } from './exampleSettings.ts';
import { synthesize } from './synthesize.ts';

describe('ServiceStack with the defaults', () => {
  const template = synthesize();

  it('has three tiers of subnets in two zones, with a NAT gateway in each zone', () => {
    template.resourceCountIs('AWS::EC2::Subnet', 6);
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    template.allResourcesProperties('AWS::EC2::Subnet', {
      MapPublicIpOnLaunch: false,
    });
  });

  it('serves HTTPS and redirects HTTP', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [
        {
          Type: 'redirect',
          RedirectConfig: Match.objectLike({
            Protocol: 'HTTPS',
            StatusCode: 'HTTP_301',
          }),
        },
      ],
    });
  });

  it('keeps the database in two zones, encrypted, private and with a password that only RDS knows', () => {
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      MultiAZ: true,
      StorageEncrypted: true,
      PubliclyAccessible: false,
      DeletionProtection: true,
      ManageMasterUserPassword: true,
      MasterUserPassword: Match.absent(),
    });
  });

  it('leaves the ingest token to the pipeline', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'orders-production/ingest-token',
      SecretString: Match.absent(),
      GenerateSecretString: Match.absent(),
    });
  });

  it('creates neither a DNS name nor a role for the portal without an answer', () => {
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    assert.deepEqual(template.findOutputs('CloudtracePortalRoleArn'), {});
  });
});

describe('ServiceStack with all settings', () => {
  const template = synthesize(EVERYTHING_ON);

  it('lets the portal assume the role only with its external id', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'orders-production-cloudtrace-portal',
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Condition: {
              StringEquals: { 'sts:ExternalId': 'cloudtrace-orders' },
            },
          }),
        ],
      }),
    });
  });
});

describe('ServiceStack with Vault', () => {
  it('gives instances no access to the database password', () => {
    const template = synthesize({
      secretsBackend: 'vault',
      vaultAddress: 'https://vault.example.org',
    });
    // The instances, the tasks on ECS, or the pods on EKS.
    const service = JSON.stringify([
      template.findResources('AWS::EC2::LaunchTemplate'),
      template.findResources('AWS::ECS::TaskDefinition', {
        Properties: { Family: 'orders-production' },
      }),
      template.findResources('AWS::SSM::Parameter', {
        Properties: { Name: '/orders-production/service-environment' },
      }),
    ]);
    assert.equal(service.includes('DATABASE_SECRET_ARN'), false);
    assert.match(service, /VAULT_ADDR.{1,20}https:\/\/vault\.example\.org/);
  });
});

describe('The password of the master user', () => {
  it('can be read only by the migration', () => {
    const readers = Object.entries(
      synthesize().findResources('AWS::IAM::Policy'),
    ).filter(([, policy]) =>
      JSON.stringify(policy).includes('MasterUserSecret.SecretArn'),
    );
    assert.deepEqual(
      readers.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')),
      ['MigrationTaskTaskRoleDefaultPolicy'],
    );
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const { Resources: resources } = parse(
  readFileSync(
    path.resolve(__dirname, '../ci/common/infra/bootstrap/bootstrap.yaml'),
    'utf8',
  ),
);
const propertiesOf = (name: string) => resources[name].Properties;
const statementsOf = (name: string): any[] =>
  propertiesOf(name).PolicyDocument.Statement;

describe('bootstrap.yaml', () => {
  it('keeps image tags unchanged and scans every image', () => {
    expect(propertiesOf('Images')).toMatchObject({
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
    });
  });

  it('keeps the state private, encrypted, versioned and behind TLS', () => {
    expect(propertiesOf('State')).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(statementsOf('StatePolicy')).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  it.each(['DeployRole', 'PlanRole'])(
    'gives %s only to tokens with the audience and the subject',
    role => {
      const [text] = propertiesOf(role).AssumeRolePolicyDocument['Fn::Sub'];
      const { Statement } = JSON.parse(text);
      expect(Statement).toHaveLength(1);
      expect(Statement[0].Principal).toEqual({ Federated: '${ProviderArn}' });
      expect(Statement[0].Condition).toEqual({
        StringEquals: { '${OidcIssuer}:aud': '${OidcAudience}' },
        StringLike: {
          '${OidcIssuer}:sub':
            role === 'DeployRole' ? '${DeploySubject}' : '${PlanSubject}',
        },
      });
    },
  );

  it('lets the pipeline pass only roles of the service, and only to the services that use them', () => {
    const passing = ['DeployPolicy', 'TerraformPolicy']
      .flatMap(statementsOf)
      .filter(({ Action }) => [Action].flat().includes('iam:PassRole'));
    expect(passing).toHaveLength(2);
    for (const { Resource, Condition } of passing) {
      expect(Resource['Fn::Sub']).toMatch(/:role\/\$\{Name\}-\*$/);
      expect(Condition.StringEquals['iam:PassedToService']).toBeTruthy();
    }
  });

  it('keeps the pipeline from giving itself more', () => {
    expect(statementsOf('TerraformPolicy')).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['iam:*'],
        Resource: { 'Fn::Sub': expect.stringMatching(/-pipeline-\*$/) },
      }),
    );
  });
});

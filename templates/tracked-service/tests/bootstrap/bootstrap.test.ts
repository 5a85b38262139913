import { ACCOUNT, BootstrapStack } from './BootstrapStack';

const SUBJECT = 'repo:acme/orders:environment:staging';
const SHARED = {
  Name: 'orders',
  OidcIssuer: 'ci.example.com',
  UsesTerraform: 'true',
  ImageSubject: 'repo:acme/orders:ref:refs/heads/main',
  PlanSubjects: 'repo:acme/orders:pull_request',
};
const bootstrap = new BootstrapStack(
  'common/infra/bootstrap/bootstrap.yaml',
  SHARED,
);
const recorded = new BootstrapStack('common/infra/bootstrap/bootstrap.yaml', {
  ...SHARED,
  ConfigEnabled: 'true',
});
const environment = new BootstrapStack(
  'common/infra/bootstrap/environment.yaml',
  { ...SHARED, Environment: 'staging', DeploySubject: SUBJECT },
);

describe('the image repository', () => {
  const images = bootstrap.properties('Images');
  const { rules } = JSON.parse(images.LifecyclePolicy.LifecyclePolicyText);

  it('keeps image tags unchanged and scans every image', () => {
    expect(images).toMatchObject({
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
    });
  });

  it('keeps what an environment runs, however many images were built since', () => {
    // A rule of lower priority never expires an image that a rule before it selects by its tag.
    const priorities = rules.map((rule: any) => rule.rulePriority);
    expect(priorities).toEqual([...priorities].sort());
    expect(rules.map((rule: any) => rule.selection.tagPatternList)).toEqual([
      ['deployed-production-*'],
      ['deployed-*'],
      undefined,
    ]);
    for (const { selection } of rules) {
      expect(selection.countType).toBe('imageCountMoreThan');
      expect(selection.countNumber).toBeGreaterThanOrEqual(20);
    }
  });
});

describe('the state bucket', () => {
  it('is private, encrypted, versioned and behind TLS', () => {
    expect(bootstrap.properties('State')).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(
      bootstrap.properties('StatePolicy').PolicyDocument.Statement,
    ).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });
});

describe('AWS Config', () => {
  it('is off unless somebody enables it', () => {
    for (const name of [
      'Recorder',
      'DeliveryChannel',
      'ConfigRole',
      'ConfigHistory',
      'ConfigHistoryPolicy',
    ]) {
      expect([name, bootstrap.has(name)]).toEqual([name, false]);
      expect([name, recorded.has(name)]).toEqual([name, true]);
    }
  });

  it('records all types once a day, with a role that may only deliver to its bucket', () => {
    expect(recorded.properties('Recorder')).toMatchObject({
      RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
      RecordingMode: { RecordingFrequency: 'DAILY' },
    });
    const role = recorded.properties('ConfigRole');
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: 'config.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      }),
    ]);
    const [{ PolicyDocument }] = role.Policies;
    expect(
      PolicyDocument.Statement.flatMap(({ Action }: any) => Action),
    ).toEqual(['s3:PutObject', 's3:GetBucketAcl', 's3:ListBucket']);
  });

  it('keeps its history private, encrypted, behind TLS, and not forever', () => {
    expect(recorded.properties('ConfigHistory')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400 }] },
    });
    expect(
      recorded.properties('ConfigHistoryPolicy').PolicyDocument.Statement,
    ).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });
});

describe('the roles of the pipeline', () => {
  it.each<[string, BootstrapStack, string | string[]]>([
    ['ImageRole', bootstrap, SHARED.ImageSubject],
    ['PlanRole', bootstrap, [SHARED.PlanSubjects]],
    ['DeployRole', environment, SUBJECT],
    ['DrillRole', environment, SUBJECT],
  ])(
    'give %s only to tokens with the audience and the subject',
    (role, stack, subject) => {
      const { Statement } = JSON.parse(
        stack.properties(role).AssumeRolePolicyDocument,
      );
      expect(Statement).toEqual([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: {
            Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com`,
          },
          Condition: {
            StringEquals: { 'ci.example.com:aud': 'sts.amazonaws.com' },
            StringLike: { 'ci.example.com:sub': subject },
          },
        },
      ]);
    },
  );

  it.each([
    ['any branch of a repository', 'repo:acme/orders:*'],
    ['any environment', 'repo:acme/orders:environment:*'],
    ['any step of a repository', '{repository}:*'],
    ['one character of any kind', 'repo:acme/order?:environment:staging'],
    ['everything', '*'],
  ])('refuse %s as a subject that deploys or pushes', (_what, subject) => {
    expect(subject).not.toMatch(environment.pattern('DeploySubject'));
    expect(subject).not.toMatch(bootstrap.pattern('ImageSubject'));
  });

  it.each([
    ['GitHub', SUBJECT],
    ['Jenkins', 'https://ci.example.com/job/orders/job/main/'],
    ['a step of a Bitbucket environment', '{repository}:{environment}:*'],
  ])('accept the exact subject of %s', (_what, subject) => {
    expect(subject).toMatch(environment.pattern('DeploySubject'));
    expect(subject).toMatch(bootstrap.pattern('ImageSubject'));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT, BootstrapStack, REGION } from './BootstrapStack';
import { COMMAND_CALLS, type PipelineRole } from './commandCalls';
import { isAllowed, type Statement } from './isAllowed';
import { TERRAFORM_CALLS } from './terraformCalls';

const TEMPLATE = path.resolve(__dirname, '../..');
/** Terraform lists resources of all names. */
const READING = /:(Describe|List|GetSubscriptionAttributes)/;
const SHARED = { Name: 'orders', OidcIssuer: 'ci.example.com' };
const ENVIRONMENT = { ...SHARED, Environment: 'staging', DeploySubject: 's' };

const bootstrap = new BootstrapStack('common/infra/bootstrap/bootstrap.yaml', {
  ...SHARED,
  ImageSubject: 's',
  PlanSubjects: 's',
  UsesTerraform: 'true',
});
const environment = new BootstrapStack(
  'common/infra/bootstrap/environment.yaml',
  ENVIRONMENT,
);
const terraform = new BootstrapStack(
  'iac-terraform/infra/bootstrap/permissions.yaml',
  {
    ...ENVIRONMENT,
    EntityRef: 'component:default/orders',
    HostName: 'orders.example.com',
    HostedZoneId: 'Z0123456789ABC',
  },
);
const cdk = new BootstrapStack(
  'iac-cdk/infra/bootstrap/permissions.yaml',
  ENVIRONMENT,
);

// What AWS's ReadOnlyAccess contains cannot be read here; only the commands of the other roles are compared.
const statements: Record<Exclude<PipelineRole, 'plan'>, Statement[]> = {
  image: bootstrap.statementsOf('orders-pipeline-image'),
  deploy: environment.statementsOf('orders-pipeline-deploy-staging'),
  drill: environment.statementsOf('orders-pipeline-drill-staging'),
};
const deployWithTerraform = [
  ...statements.deploy,
  ...terraform.statementsOf('orders-pipeline-deploy-staging'),
];
const deployWithCdk = [
  ...statements.deploy,
  ...cdk.statementsOf('orders-pipeline-deploy-staging'),
];

function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(extension))
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => !/node_modules|\.terraform|cdk\.out/.test(file));
}

/** Commands of the AWS CLI in the scripts, such as `ecs run-task`; `ecs wait tasks-stopped` for waiting. */
function commandsInScripts(): string[] {
  const command =
    /(?:\baws_|"\$AWS_CLI_IMAGE")(?:\s+--[\w-]+(?:\s+(?!--)"?[\w$-]+"?)?)*?\s+([a-z][a-z0-9-]+ (?:wait )?[a-z][a-z-]+)/g;
  const scripts = ['core', 'ci', 'compute', 'features'].flatMap(folder =>
    filesBelow(path.join(TEMPLATE, folder), '.sh').filter(file =>
      file.includes('/scripts/ci/'),
    ),
  );
  const found = scripts.flatMap(file =>
    [
      ...readFileSync(file, 'utf8')
        .replace(/^\s*#.*/gm, '')
        .matchAll(command),
    ].map(match => match[1]),
  );
  return [...new Set(found)].sort();
}

function typesInTerraform(): string[] {
  const files = ['infra', 'compute', 'features'].flatMap(folder =>
    filesBelow(path.join(TEMPLATE, folder), '.tf'),
  );
  const found = files.flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/^resource "(\w+)"/gm)].map(
      match => match[1],
    ),
  );
  return [...new Set(found)].sort();
}

describe('the roles of the pipeline', () => {
  const commands = commandsInScripts();

  it('are compared with the commands that the scripts run', () => {
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter(command => !(command in COMMAND_CALLS))).toEqual([]);
  });

  it.each(Object.entries(COMMAND_CALLS))(
    'may run aws %s in their environment only',
    (_command, { roles, calls }) => {
      for (const role of roles) {
        if (role === 'plan') continue;
        const refused = calls('orders-staging').filter(
          call => !isAllowed(statements[role], call),
        );
        expect({ role, refused }).toEqual({ role, refused: [] });
        expect(wronglyAllowed(statements[role], calls)).toEqual([]);
      }
    },
  );

  const types = typesInTerraform();

  it('are compared with the resources that Terraform manages', () => {
    expect(types.length).toBeGreaterThan(50);
    expect(types.filter(type => !(type in TERRAFORM_CALLS))).toEqual([]);
  });

  it.each(Object.entries(TERRAFORM_CALLS))(
    'may manage %s in their environment only',
    (_type, calls) => {
      expect(
        calls('orders-staging').filter(
          call => !isAllowed(deployWithTerraform, call),
        ),
      ).toEqual([]);
      expect(wronglyAllowed(deployWithTerraform, calls)).toEqual([]);
    },
  );

  it.each([
    ['cloudtrace:environment', 'production'],
    ['cloudtrace:entity-ref', 'component:default/payments'],
  ])('do not touch what is tagged with another %s', (key, value) => {
    const terminate = (tag: Record<string, string>) => ({
      action: 'ec2:DeleteVpc',
      resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:vpc/vpc-1`,
      context: { 'aws:RequestedRegion': REGION, ...tag },
    });
    expect(isAllowed(deployWithTerraform, terminate({}))).toBe(true);
    expect(
      isAllowed(
        deployWithTerraform,
        terminate({ [`aws:ResourceTag/${key}`]: value }),
      ),
    ).toBe(false);
  });

  it.each([
    ['a role without the boundary', 'iam:CreateRole', {}],
    [
      'a role with another boundary',
      'iam:CreateRole',
      { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
    ['a policy of a role without the boundary', 'iam:PutRolePolicy', {}],
    ['a role without its boundary', 'iam:DeleteRolePermissionsBoundary', {}],
  ])('cannot write %s', (_what, action, context) => {
    const resource = `arn:aws:iam::${ACCOUNT}:role/orders-staging-task`;
    expect(isAllowed(deployWithTerraform, { action, resource, context })).toBe(
      false,
    );
  });

  it.each([
    [
      'change their own role',
      'iam:PutRolePolicy',
      `arn:aws:iam::${ACCOUNT}:role/orders-pipeline-deploy-staging`,
    ],
    [
      'change the boundary',
      'iam:CreatePolicyVersion',
      `arn:aws:iam::${ACCOUNT}:policy/orders-staging-boundary`,
    ],
    [
      'delete the state bucket',
      's3:DeleteBucket',
      `arn:aws:s3:::orders-state-${ACCOUNT}-${REGION}`,
    ],
    [
      'change who may read the state',
      's3:PutBucketPolicy',
      `arn:aws:s3:::orders-state-${ACCOUNT}-${REGION}`,
    ],
    [
      "read production's state",
      's3:GetObject',
      `arn:aws:s3:::orders-state-${ACCOUNT}-${REGION}/production/terraform.tfstate`,
    ],
    [
      'push layers of an image',
      'ecr:UploadLayerPart',
      `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/orders`,
    ],
  ])('cannot %s', (_what, action, resource) => {
    const call = {
      action,
      resource,
      context: {
        'aws:RequestedRegion': REGION,
        'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/orders-staging-boundary`,
      },
    };
    expect(isAllowed(deployWithTerraform, call)).toBe(false);
    expect(isAllowed(deployWithCdk, call)).toBe(false);
  });

  it('read and write the state of their environment', () => {
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
      const resource = `arn:aws:s3:::orders-state-${ACCOUNT}-${REGION}/staging/terraform.tfstate.tflock`;
      expect(isAllowed(deployWithTerraform, { action, resource })).toBe(true);
    }
  });

  it('let the CDK use the roles of its bootstrap stack', () => {
    const resource = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-deploy-role-${ACCOUNT}-${REGION}`;
    const call = { action: 'sts:AssumeRole', resource };
    expect(isAllowed(deployWithCdk, call)).toBe(true);
    expect(isAllowed(deployWithTerraform, call)).toBe(false);
  });

  it('let the plan read no data, except the state', () => {
    const plan = [
      // Stands for ReadOnlyAccess, which allows this and more.
      { Effect: 'Allow' as const, Action: '*', Resource: '*' },
      ...bootstrap.statementsOf('orders-pipeline-plan'),
    ];
    const mayRead = (action: string, resource: string) =>
      isAllowed(plan, { action, resource });
    expect(mayRead('s3:GetObject', 'arn:aws:s3:::customers/list.csv')).toBe(
      false,
    );
    expect(
      mayRead(
        's3:GetObject',
        `arn:aws:s3:::orders-state-${ACCOUNT}-${REGION}/staging/terraform.tfstate`,
      ),
    ).toBe(true);
    expect(
      mayRead(
        'ssm:GetParameter',
        `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/payments/password`,
      ),
    ).toBe(false);
    expect(mayRead('secretsmanager:GetSecretValue', '*')).toBe(false);
    expect(mayRead('logs:FilterLogEvents', '*')).toBe(false);
    expect(mayRead('ec2:DescribeVpcs', '*')).toBe(true);
  });

  // IAM counts the characters of inline policies without whitespace.
  it.each([
    ['inline', 10_240],
    ['managed', 6_144],
  ])('have %s policies within the limit of IAM', (kind, limit) => {
    const longest = { Name: 'a'.repeat(20), Environment: 'b'.repeat(11) };
    const stacks = [
      [
        'common/infra/bootstrap/environment.yaml',
        'OutputsPolicy DrillPolicy DeployPolicy Boundary',
      ],
      [
        'iac-terraform/infra/bootstrap/permissions.yaml',
        'ResourcesPolicy AccountPolicy SignInPolicy ZonePolicy',
      ],
    ].flatMap(([file, names]) => {
      const stack = new BootstrapStack(file, {
        ...ENVIRONMENT,
        ...longest,
        EntityRef: `component:default/${longest.Name}`,
        HostName: 'h'.repeat(60),
        HostedZoneId: 'Z0123456789ABC',
      });
      return names.split(' ').map(name => stack.properties(name));
    });
    const sizes = stacks
      .filter(({ RoleName }) => (kind === 'inline') === Boolean(RoleName))
      .map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).length);
    expect(sizes.length).toBeGreaterThan(2);
    expect(
      kind === 'inline'
        ? sizes.reduce((sum, size) => sum + size)
        : Math.max(...sizes),
    ).toBeLessThan(limit);
  });
});

/** Writing calls that are also allowed in another environment or for another service, although their resource has its name. */
function wronglyAllowed(
  policies: readonly Statement[],
  calls: (fullName: string) => readonly { action: string; resource: string }[],
) {
  return ['orders-production', 'orders-api-staging'].flatMap(fullName =>
    calls(fullName).filter(
      call =>
        call.resource.includes(fullName) &&
        !READING.test(call.action) &&
        isAllowed(policies, call),
    ),
  );
}

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptSandbox } from './tools/ScriptSandbox';

let sandbox: ScriptSandbox;

beforeEach(async () => {
  sandbox = await ScriptSandbox.create();
});
afterEach(() => sandbox.dispose());

describe('what drifted', () => {
  it('lists the resources that a Terraform plan found drifted', async () => {
    const plan = {
      resource_changes: [
        { address: 'a.same', type: 'a', change: { actions: ['no-op'] } },
        { address: 'a.read', type: 'a', change: { actions: ['read'] } },
        { address: 'a.edited', type: 'a', change: { actions: ['update'] } },
        { address: 'a.gone', type: 'a', change: { actions: ['create'] } },
        {
          address: 'a.replaced',
          type: 'a',
          change: { actions: ['delete', 'create'] },
        },
      ],
    };
    const { stdout } = await sandbox.run(
      'ci/iac-terraform/scripts/ci/drifted-resources.mjs',
      [],
      { input: JSON.stringify(plan) },
    );
    expect(JSON.parse(stdout)).toEqual([
      { id: 'a.edited', type: 'a', change: 'changed' },
      { id: 'a.gone', type: 'a', change: 'deleted' },
      { id: 'a.replaced', type: 'a', change: 'changed' },
    ]);
  });

  it('lists the resources that `cdk drift` found', async () => {
    const { stdout } = await sandbox.run(
      'ci/iac-cdk/scripts/ci/drifted-resources.mjs',
      [],
      {
        input: [
          'Stack Service',
          'Modified Resources',
          '[~] AWS::RDS::DBInstance Database DatabaseB269D8BB',
          ' └─ [~] /BackupRetentionPeriod',
          'Deleted Resources',
          '[-] AWS::SNS::Topic Alarms Alarms1234',
          '',
          '2 resources have drifted from their expected configuration',
        ].join('\n'),
      },
    );
    expect(JSON.parse(stdout)).toEqual([
      {
        id: 'Database DatabaseB269D8BB',
        type: 'AWS::RDS::DBInstance',
        change: 'changed',
      },
      { id: 'Alarms Alarms1234', type: 'AWS::SNS::Topic', change: 'deleted' },
    ]);
  });
});

describe('the issue about drift on GitHub', () => {
  const program = 'ci/github/scripts/ci/drift-issue.mjs';
  const resources = [
    { id: 'module.database.this', type: 'aws_db_instance', change: 'changed' },
  ];
  let issues: Record<string, unknown>[];

  beforeEach(() => {
    issues = [];
    sandbox.answer = ({ method, body }) => {
      if (method === 'GET') return { status: 200, body: issues };
      const sent = JSON.parse(body.toString());
      return { status: 200, body: { ...sent, html_url: 'https://issue' } };
    };
  });

  /** Runs it after a nightly check with this result; returns what it changed. */
  async function runAfter(status: string | undefined) {
    sandbox.calls = [];
    const reports = join(sandbox.directory, 'reports');
    rmSync(reports, { recursive: true, force: true });
    mkdirSync(reports);
    if (status) sandbox.write('reports/drift-status.txt', status);
    sandbox.write(
      'reports/drift.json',
      JSON.stringify(status === 'drifted' ? resources : []),
    );
    const result = await sandbox.run(program, [], {
      env: {
        ENVIRONMENT: 'production',
        GITHUB_API_URL: sandbox.url,
        GITHUB_REPOSITORY: 'acme/orders',
        GITHUB_RUN_ID: '42',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_TOKEN: 'token',
      },
    });
    const changes = sandbox.calls
      .filter(({ method }) => method !== 'GET')
      .map(call => ({
        call: `${call.method} ${call.url}`,
        sent: JSON.parse(call.body.toString()),
      }));
    return { ...result, changes };
  }

  it('is opened with what drifted, and not again while nothing changes', async () => {
    const { code, changes } = await runAfter('drifted');
    expect(code).toBe(0);
    expect(changes).toEqual([
      {
        call: 'POST /repos/acme/orders/issues',
        sent: {
          title: 'Drift in production',
          labels: ['drift'],
          body: expect.stringContaining(
            '| `module.database.this` | `aws_db_instance` | changed |',
          ),
        },
      },
    ]);
    expect(changes[0].sent.body).toContain(
      'https://github.com/acme/orders/actions/runs/42',
    );
    expect(sandbox.calls.map(call => call.authorization)).toEqual([
      'Bearer token',
      'Bearer token',
    ]);

    issues = [{ number: 7, title: 'Drift in production', ...changes[0].sent }];
    expect((await runAfter('drifted')).changes).toEqual([]);
  });

  it('is updated when something else has drifted', async () => {
    issues = [{ number: 7, title: 'Drift in production', body: 'older' }];
    const { changes } = await runAfter('drifted');
    expect(changes.map(({ call }) => call)).toEqual([
      'PATCH /repos/acme/orders/issues/7',
    ]);
  });

  it('is closed once the code and the infrastructure match again', async () => {
    issues = [
      { number: 6, title: 'Drift in staging', body: '' },
      { number: 7, title: 'Drift in production', body: '' },
    ];
    const { changes } = await runAfter('in-sync');
    expect(changes.map(({ call }) => call)).toEqual([
      'POST /repos/acme/orders/issues/7/comments',
      'PATCH /repos/acme/orders/issues/7',
    ]);
    expect(changes[1].sent).toMatchObject({ state: 'closed' });
  });

  it.each(['failed', undefined])(
    'stays as it is after a check that says nothing about drift: %s',
    async status => {
      issues = [{ number: 7, title: 'Drift in production', body: '' }];
      const { code, stdout } = await runAfter(status);
      expect(code).toBe(0);
      expect(sandbox.calls).toEqual([]);
      expect(stdout).toContain('left as it is');
    },
  );

  it('fails the job if GitHub rejects it', async () => {
    sandbox.answer = () => ({ status: 403, body: { message: 'no' } });
    const { code, stderr } = await runAfter('drifted');
    expect(code).toBe(1);
    expect(stderr).toContain('GitHub rejected GET');
  });
});

it('shows drift as a report of a commit on Bitbucket', async () => {
  const program = 'ci/bitbucket/scripts/ci/drift-insights.mjs';
  const input = JSON.stringify([
    { id: 'a.edited', type: 'aws_db_instance', change: 'changed' },
  ]);
  const report = await sandbox.run(program, ['report', 'drifted'], { input });
  expect(JSON.parse(report.stdout)).toMatchObject({
    title: 'Drift in production',
    result: 'FAILED',
    data: [{ title: 'Resources', type: 'NUMBER', value: 1 }],
  });
  const annotations = await sandbox.run(program, ['annotations', 'drifted'], {
    input,
  });
  expect(JSON.parse(annotations.stdout)).toEqual([
    expect.objectContaining({
      external_id: 'drift-0',
      summary: 'a.edited (aws_db_instance) was changed',
    }),
  ]);
  const inSync = await sandbox.run(program, ['report', 'in-sync'], {
    input: '[]',
  });
  expect(JSON.parse(inSync.stdout)).toMatchObject({ result: 'PASSED' });
});

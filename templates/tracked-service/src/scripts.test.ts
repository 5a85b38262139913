import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { templateDirectory } from './paths';

/* Runs the programs of generated pipelines as the pipelines do, against our own server. */

interface Call {
  method: string;
  url: string;
  authorization?: string;
  body: Buffer;
}

const directory = mkdtempSync(join(tmpdir(), 'cloudtrace-scripts-'));
let server: Server;
let url: string;
let calls: Call[];
let answer: (call: Call) => { status: number; body: unknown };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    const { status, body } = answer(call);
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  calls = [];
  answer = () => ({ status: 202, body: { stored: 'new' } });
});
afterAll(async () => {
  await new Promise(resolve => server.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks),
  };
}

/** Runs a program of the template in its own folder. */
function run(
  program: string,
  args: string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [join(templateDirectory, program), ...args],
      { cwd: directory, env: { PATH: process.env.PATH, ...options.env } },
      (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end(options.input ?? '');
  });
}

function write(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe('scripts/ci/portal.mjs', () => {
  const program = 'core/scripts/ci/portal.mjs';
  const environment = () => ({
    CLOUDTRACE_URL: url,
    CLOUDTRACE_SCANS_TOKEN: 'ctk_scans',
    CLOUDTRACE_EVENTS_TOKEN: 'ctk_events',
    COMMIT: '0123456789abcdef',
    REF: 'feature/a&b',
    RUN_ID: '42',
    RUN_URL: 'https://ci.example.com/42',
  });

  it('uploads reports with category, ref and commit', async () => {
    const sarif = JSON.stringify({ version: '2.1.0', runs: [] });
    const file = write('trivy-image.sarif', sarif);
    const { code } = await run(program, ['sarif', file], {
      env: environment(),
    });
    expect(code).toBe(0);
    expect(calls).toHaveLength(1);
    const called = new URL(calls[0].url, url);
    expect(called.pathname).toBe('/scans/sarif');
    expect(Object.fromEntries(called.searchParams)).toEqual({
      category: 'trivy-image',
      ref: 'feature/a&b',
      commit: '0123456789abcdef',
    });
    expect(calls[0].authorization).toBe('Bearer ctk_scans');
    expect(gunzipSync(calls[0].body).toString()).toBe(sarif);
  });

  it('reports an event, with values and figures from files', async () => {
    write('drift.json', '[{"id":"a","change":"changed"}]');
    const figures = write('figures.json', '{"tool":"k6","requests":7}');
    const { code } = await run(
      program,
      [
        'event',
        'load-test',
        'status=passed',
        'actor=',
        'driftedResources=@drift.json',
        'description=a=b',
        `@${figures}`,
      ],
      { env: environment() },
    );
    expect(code).toBe(0);
    expect(JSON.parse(calls[0].body.toString())).toEqual({
      kind: 'load-test',
      id: '42',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      url: 'https://ci.example.com/42',
      status: 'passed',
      driftedResources: [{ id: 'a', change: 'changed' }],
      description: 'a=b',
      tool: 'k6',
      requests: 7,
    });
  });

  it('retries if the portal is busy, and gives up at once if it rejects the upload', async () => {
    answer = () =>
      calls.length === 1
        ? { status: 503, body: {} }
        : { status: 202, body: {} };
    const event = ['event', 'deploy', 'status=started'];
    expect((await run(program, event, { env: environment() })).code).toBe(0);
    expect(calls).toHaveLength(2);

    calls = [];
    answer = () => ({ status: 401, body: { error: 'no such token' } });
    const refused = await run(program, event, { env: environment() });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('no such token');
    expect(calls).toHaveLength(1);
  });

  it('sends nothing without a token, and does not fail the pipeline for that', async () => {
    const { code, stderr } = await run(program, ['event', 'deploy'], {
      env: { CLOUDTRACE_URL: url },
    });
    expect(code).toBe(0);
    expect(stderr).toContain('CLOUDTRACE_EVENTS_TOKEN is not set');
    expect(calls).toEqual([]);
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
    answer = ({ method, body }) => {
      if (method === 'GET') return { status: 200, body: issues };
      const sent = JSON.parse(body.toString());
      return { status: 200, body: { ...sent, html_url: 'https://issue' } };
    };
  });

  /** Runs it after a nightly check with this result; returns what it changed. */
  async function runAfter(status: string | undefined) {
    calls = [];
    const reports = join(directory, 'reports');
    rmSync(reports, { recursive: true, force: true });
    mkdirSync(reports);
    if (status) write('reports/drift-status.txt', status);
    write(
      'reports/drift.json',
      JSON.stringify(status === 'drifted' ? resources : []),
    );
    const result = await run(program, [], {
      env: {
        ENVIRONMENT: 'production',
        GITHUB_API_URL: url,
        GITHUB_REPOSITORY: 'acme/orders',
        GITHUB_RUN_ID: '42',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_TOKEN: 'token',
      },
    });
    const changes = calls
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
    expect(calls.map(call => call.authorization)).toEqual([
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
      expect(calls).toEqual([]);
      expect(stdout).toContain('left as it is');
    },
  );

  it('fails the job if GitHub rejects it', async () => {
    answer = () => ({ status: 403, body: { message: 'no' } });
    const { code, stderr } = await runAfter('drifted');
    expect(code).toBe(1);
    expect(stderr).toContain('GitHub rejected GET');
  });
});

describe('conversion of tool reports to those of the portal', () => {
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
    const { stdout } = await run(
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
    const { stdout } = await run(
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

  it('shows drift as a report of a commit on Bitbucket', async () => {
    const program = 'ci/bitbucket/scripts/ci/drift-insights.mjs';
    const input = JSON.stringify([
      { id: 'a.edited', type: 'aws_db_instance', change: 'changed' },
    ]);
    const report = await run(program, ['report', 'drifted'], { input });
    expect(JSON.parse(report.stdout)).toMatchObject({
      title: 'Drift in production',
      result: 'FAILED',
      data: [{ title: 'Resources', type: 'NUMBER', value: 1 }],
    });
    const annotations = await run(program, ['annotations', 'drifted'], {
      input,
    });
    expect(JSON.parse(annotations.stdout)).toEqual([
      expect.objectContaining({
        external_id: 'drift-0',
        summary: 'a.edited (aws_db_instance) was changed',
      }),
    ]);
    const inSync = await run(program, ['report', 'in-sync'], { input: '[]' });
    expect(JSON.parse(inSync.stdout)).toMatchObject({ result: 'PASSED' });
  });

  it('finds an output of a stack, whatever its spelling', async () => {
    const program = 'ci/iac-cdk/scripts/ci/stack-output.mjs';
    const outputs = JSON.stringify({
      Service: { ServiceUrl: 'https://orders.example.org' },
    });
    const found = await run(program, ['service_url'], { input: outputs });
    expect(found.stdout).toBe('https://orders.example.org');
    const missing = await run(program, ['image'], { input: outputs });
    expect([missing.code, missing.stderr]).toEqual([
      1,
      'The stack has no output image\n',
    ]);
  });

  it('computes and checks the figures of JMeter', async () => {
    const program = 'features/load-jmeter/common/load/figures.mjs';
    const header = 'timeStamp,elapsed,label,responseCode,responseMessage';
    const sample = (i: number, code: string) =>
      `${1000 * i},${10 * (i + 1)},GET /requests,${code},"a, b"`;
    const good = Array.from({ length: 10 }, (_, i) => sample(i, '200'));
    const passed = await run(program, [
      write('good.jtl', [header, ...good].join('\n')),
      join(directory, 'good.json'),
    ]);
    expect(passed.code).toBe(0);
    expect(
      JSON.parse(readFileSync(join(directory, 'good.json'), 'utf8')),
    ).toEqual({
      tool: 'jmeter',
      requests: 10,
      requestsPerSecond: 10 / 9,
      errorRate: 0,
      p95Ms: 100,
      p99Ms: 100,
    });
    const failed = await run(program, [
      write('bad.jtl', [header, ...good, sample(10, '500')].join('\n')),
      join(directory, 'bad.json'),
    ]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('A threshold was exceeded');
  });

  it('builds the JMeter image before it runs it, as the user who owns the folder', async () => {
    const root = join(directory, 'jmeter');
    for (const [source, target] of [
      ['core/scripts/ci/lib.sh', 'scripts/ci/lib.sh'],
      ['features/load-jmeter/common/load', 'load'],
    ]) {
      cpSync(join(templateDirectory, source), join(root, target), {
        recursive: true,
      });
    }
    mkdirSync(join(root, '.cloudtrace'));
    writeFileSync(join(root, '.cloudtrace/service.env'), 'SERVICE_NAME=x\n');
    mkdirSync(join(root, 'bin'));
    writeFileSync(
      join(root, 'bin/docker'),
      `#!/bin/bash
echo "$*" >> docker.log
if [[ $1 == run ]]; then
  printf '%s\n' timeStamp,elapsed,label,responseCode,responseMessage 1000,5,x,200,OK 2000,5,x,200,OK > reports/load-test.jtl
fi
`,
      { mode: 0o755 },
    );
    const output = join(root, 'figures.json');
    await new Promise<void>((resolve, reject) => {
      execFile(
        'load/run.sh',
        [output],
        {
          cwd: root,
          env: {
            PATH: `${join(root, 'bin')}:${process.env.PATH}`,
            GIT_COMMIT: 'a',
            BRANCH_NAME: 'main',
            TARGET_URL: 'http://127.0.0.1:8080',
            LOAD_DURATION_SECONDS: '10',
            LOAD_REQUESTS_PER_SECOND: '4',
          },
        },
        (error, stdout, stderr) =>
          error ? reject(new Error(`${stdout}${stderr}`)) : resolve(),
      );
    });
    const [build, started] = readFileSync(
      join(root, 'docker.log'),
      'utf8',
    ).split('\n');
    expect(build).toBe('build --quiet --tag local/jmeter load/jmeter');
    expect(started).toMatch(
      /^run --rm .* --user \d+:\d+ .* local\/jmeter --nongui .*--jmeterlogfile reports\/jmeter\.log -Jprotocol=http -Jhost=127\.0\.0\.1 -Jport=8080 -Jthreads=2 /,
    );
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({
      tool: 'jmeter',
      requests: 2,
    });
  });

  it('writes the issues and hotspots of SonarQube as SARIF, from all pages', async () => {
    write('sonar-project.properties', 'sonar.projectKey=orders\n');
    const issue = (key: string) => ({
      key,
      rule: 'typescript:S1',
      component: 'orders:src/a.ts',
      message: 'Do not',
      impacts: [{ softwareQuality: 'SECURITY', severity: 'HIGH' }],
      textRange: { startLine: 3, endLine: 3, startOffset: 0, endOffset: 4 },
    });
    answer = call => {
      const { pathname, searchParams } = new URL(call.url, url);
      const paging = { total: 501 };
      return pathname === '/api/issues/search'
        ? {
            status: 200,
            body: {
              paging,
              issues:
                searchParams.get('p') === '1'
                  ? Array.from({ length: 500 }, (_, i) => issue(`i${i}`))
                  : [issue('last')],
            },
          }
        : {
            status: 200,
            body: {
              paging: { total: 1 },
              hotspots: [
                {
                  key: 'h',
                  component: 'orders:src/b.ts',
                  message: 'Look',
                  ruleKey: 'typescript:S2',
                  vulnerabilityProbability: 'LOW',
                  line: 9,
                },
              ],
            },
          };
    };
    mkdirSync(join(directory, 'reports'), { recursive: true });
    const output = join(directory, 'reports/sonarqube.sarif');
    const { code, stderr } = await run(
      'features/scan-sonarqube/scripts/ci/scanners/sonarqube-sarif.mjs',
      [output],
      { env: { SONAR_HOST_URL: `${url}/`, SONAR_TOKEN: 'squ_x' } },
    );
    expect([code, stderr]).toEqual([0, '']);
    const [result] = JSON.parse(readFileSync(output, 'utf8')).runs;
    expect(result.results).toHaveLength(502);
    expect(result.results[500]).toMatchObject({
      ruleId: 'typescript:S1',
      level: 'error',
      partialFingerprints: { 'sonarqube/v1': 'last' },
      properties: { 'security-severity': '8.0' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/a.ts' },
            region: { startLine: 3, startColumn: 1, endColumn: 5 },
          },
        },
      ],
    });
    expect(result.results[501]).toMatchObject({ level: 'note' });
    expect(calls[0].authorization).toBe('Bearer squ_x');
  });

  it('measures an outage like a client', async () => {
    let count = 0;
    answer = () => {
      count += 1;
      return { status: count > 1 && count < 4 ? 503 : 200, body: {} };
    };
    const stop = join(directory, 'stop');
    setTimeout(() => writeFileSync(stop, ''), 7500);
    const result = join(directory, 'drill.json');
    const { code } = await run('features/drill/scripts/ci/probe.mjs', [
      `${url}/requests`,
      result,
      stop,
    ]);
    expect(code).toBe(0);
    const measured = JSON.parse(readFileSync(result, 'utf8'));
    expect(measured).toMatchObject({ failed: 2, recovered: true });
    expect(measured.longestOutageSeconds).toBeGreaterThanOrEqual(0.9);
    expect(measured.longestOutageSeconds).toBeLessThan(3);
  }, 30_000);
});

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { templateDirectory } from './paths';
import { ScriptSandbox } from './tools/ScriptSandbox';

let sandbox: ScriptSandbox;

beforeEach(async () => {
  sandbox = await ScriptSandbox.create();
});
afterEach(() => sandbox.dispose());

describe('scripts/ci/portal.mjs', () => {
  const program = 'core/scripts/ci/portal.mjs';
  const environment = () => ({
    CLOUDTRACE_URL: sandbox.url,
    CLOUDTRACE_SCANS_TOKEN: 'ctk_scans',
    CLOUDTRACE_EVENTS_TOKEN: 'ctk_events',
    COMMIT: '0123456789abcdef',
    REF: 'feature/a&b',
    RUN_ID: '42',
    RUN_URL: 'https://ci.example.com/42',
  });

  it('uploads reports with category, ref and commit', async () => {
    const sarif = JSON.stringify({ version: '2.1.0', runs: [] });
    const file = sandbox.write('trivy-image.sarif', sarif);
    const { code } = await sandbox.run(program, ['sarif', file], {
      env: environment(),
    });
    expect(code).toBe(0);
    expect(sandbox.calls).toHaveLength(1);
    const called = new URL(sandbox.calls[0].url, sandbox.url);
    expect(called.pathname).toBe('/scans/sarif');
    expect(Object.fromEntries(called.searchParams)).toEqual({
      category: 'trivy-image',
      ref: 'feature/a&b',
      commit: '0123456789abcdef',
    });
    expect(sandbox.calls[0].authorization).toBe('Bearer ctk_scans');
    expect(gunzipSync(sandbox.calls[0].body).toString()).toBe(sarif);
  });

  it('reports an event, with values and figures from files', async () => {
    sandbox.write('drift.json', '[{"id":"a","change":"changed"}]');
    const figures = sandbox.write('figures.json', '{"tool":"k6","requests":7}');
    const { code } = await sandbox.run(
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
    expect(JSON.parse(sandbox.calls[0].body.toString())).toEqual({
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
    sandbox.answer = () =>
      sandbox.calls.length === 1
        ? { status: 503, body: {} }
        : { status: 202, body: {} };
    const event = ['event', 'deploy', 'status=started'];
    expect(
      (await sandbox.run(program, event, { env: environment() })).code,
    ).toBe(0);
    expect(sandbox.calls).toHaveLength(2);

    sandbox.calls = [];
    sandbox.answer = () => ({ status: 401, body: { error: 'no such token' } });
    const refused = await sandbox.run(program, event, { env: environment() });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('no such token');
    expect(sandbox.calls).toHaveLength(1);
  });

  it('sends nothing without a token, and does not fail the pipeline for that', async () => {
    const { code, stderr } = await sandbox.run(program, ['event', 'deploy'], {
      env: { CLOUDTRACE_URL: sandbox.url },
    });
    expect(code).toBe(0);
    expect(stderr).toContain('CLOUDTRACE_EVENTS_TOKEN is not set');
    expect(sandbox.calls).toEqual([]);
  });
});

describe('conversion of tool reports to those of the portal', () => {
  it('finds an output of a stack, whatever its spelling', async () => {
    const program = 'ci/iac-cdk/scripts/ci/stack-output.mjs';
    const outputs = JSON.stringify({
      Service: { ServiceUrl: 'https://orders.example.org' },
    });
    const found = await sandbox.run(program, ['service_url'], {
      input: outputs,
    });
    expect(found.stdout).toBe('https://orders.example.org');
    const missing = await sandbox.run(program, ['image'], { input: outputs });
    expect([missing.code, missing.stderr]).toEqual([
      1,
      'The stack has no output image\n',
    ]);
  });

  it('computes and checks the figures of JMeter', async () => {
    const program = 'features/load-jmeter/common/load/figures.mjs';
    const header =
      'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success';
    const sample = (i: number, code: string, success: boolean) =>
      `${1000 * i},${
        10 * (i + 1)
      },GET /requests,${code},"a, ""b""",,${success}`;
    // A plan may accept 409, such as that of a product that is sold out.
    const good = Array.from({ length: 10 }, (_, i) =>
      sample(i, i === 3 ? '409' : '200', true),
    );
    const passed = await sandbox.run(program, [
      sandbox.write('good.jtl', [header, ...good].join('\n')),
      join(sandbox.directory, 'good.json'),
    ]);
    expect(passed.code).toBe(0);
    expect(
      JSON.parse(readFileSync(join(sandbox.directory, 'good.json'), 'utf8')),
    ).toEqual({
      tool: 'jmeter',
      requests: 10,
      requestsPerSecond: 10 / 9,
      errorRate: 0,
      p95Ms: 100,
      p99Ms: 100,
    });
    const failed = await sandbox.run(program, [
      sandbox.write(
        'bad.jtl',
        [header, ...good, sample(10, '200', false)].join('\n'),
      ),
      join(sandbox.directory, 'bad.json'),
    ]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('A threshold was exceeded');
  });

  it('builds the JMeter image before it runs it, as the user who owns the folder', async () => {
    const root = join(sandbox.directory, 'jmeter');
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
  printf '%s\n' timeStamp,elapsed,label,responseCode,success 1000,5,x,200,true 2000,5,x,200,true > reports/load-test.jtl
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
    sandbox.write('sonar-project.properties', 'sonar.projectKey=orders\n');
    const issue = (key: string) => ({
      key,
      rule: 'typescript:S1',
      component: 'orders:src/a.ts',
      message: 'Do not',
      impacts: [{ softwareQuality: 'SECURITY', severity: 'HIGH' }],
      textRange: { startLine: 3, endLine: 3, startOffset: 0, endOffset: 4 },
    });
    sandbox.answer = call => {
      const { pathname, searchParams } = new URL(call.url, sandbox.url);
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
    mkdirSync(join(sandbox.directory, 'reports'), { recursive: true });
    const output = join(sandbox.directory, 'reports/sonarqube.sarif');
    const { code, stderr } = await sandbox.run(
      'features/scan-sonarqube/scripts/ci/scanners/sonarqube-sarif.mjs',
      [output],
      { env: { SONAR_HOST_URL: `${sandbox.url}/`, SONAR_TOKEN: 'squ_x' } },
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
    expect(sandbox.calls[0].authorization).toBe('Bearer squ_x');
  });

  it('measures an outage like a client', async () => {
    let count = 0;
    sandbox.answer = () => {
      count += 1;
      return { status: count > 1 && count < 4 ? 503 : 200, body: {} };
    };
    const stop = join(sandbox.directory, 'stop');
    setTimeout(() => writeFileSync(stop, ''), 7500);
    const result = join(sandbox.directory, 'drill.json');
    const { code } = await sandbox.run('features/drill/scripts/ci/probe.mjs', [
      `${sandbox.url}/requests`,
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

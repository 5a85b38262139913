import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { templateDirectory } from './paths';

/* Runs shell scripts of generated pipelines in a folder with the scripts that they use, and with stand-ins of programs. */

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cloudtrace-pipeline-'));
  copy('core/scripts/ci/lib.sh', 'scripts/ci/lib.sh');
  copy('core/scripts/ci/tools.env', 'scripts/ci/tools.env');
  writeFileAt('.cloudtrace/service.env', 'SERVICE_NAME=orders\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function copy(source: string, target: string): void {
  mkdirSync(dirname(join(root, target)), { recursive: true });
  cpSync(join(templateDirectory, source), join(root, target));
}

function writeFileAt(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content, { mode });
}

/** A program that records its arguments, one command a line, and prints something. */
function standIn(name: string, body = ''): void {
  writeFileAt(
    `bin/${name}`,
    `#!/bin/bash\necho "${name} $*" >> "${root}/commands.log"\n${body}\n`,
    0o755,
  );
}

const commands = () =>
  existsSync(join(root, 'commands.log'))
    ? readFileSync(join(root, 'commands.log'), 'utf8').trim().split('\n')
    : [];

function run(
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  return new Promise(resolve => {
    execFile(
      join(root, script),
      args,
      {
        cwd: root,
        env: {
          PATH: `${join(root, 'bin')}:${process.env.PATH}`,
          GIT_COMMIT: 'a',
          BRANCH_NAME: 'main',
          ENVIRONMENT: 'staging',
          ...env,
        },
      },
      (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

describe('scripts/ci/parts/healing.sh', () => {
  const script = 'scripts/ci/parts/healing.sh';

  beforeEach(() => {
    copy('features/self-healing/scripts/ci/parts/healing.sh', script);
    copy('ci/iac-terraform/scripts/ci/infra.sh', 'scripts/ci/infra.sh');
    standIn('aws');
    standIn('terraform', 'printf arn:secret');
  });

  it('pauses self-healing for a deployment, for two hours at most', async () => {
    expect(await run(script, ['deploying'])).toMatchObject({ code: 0 });
    const [command] = commands();
    const [, until] =
      /^aws ssm put-parameter --name \/orders-staging\/healing\/paused-until --type String --overwrite --value (\S+)$/.exec(
        command,
      ) ?? [];
    const minutes = (Date.parse(until) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(115);
    expect(minutes).toBeLessThanOrEqual(120);
  });

  it('then resumes and stores the token for events, which no argument contains', async () => {
    const { code } = await run(script, ['deployed'], {
      CLOUDTRACE_EVENTS_TOKEN: 'secret-token',
    });
    expect(code).toBe(0);
    expect(commands()).toEqual([
      'aws ssm delete-parameter --name /orders-staging/healing/paused-until',
      expect.stringContaining('output -raw events_token_secret_arn'),
      expect.stringMatching(
        /^aws secretsmanager put-secret-value --secret-id arn:secret --secret-string file:\S+$/,
      ),
    ]);
    expect(commands().join()).not.toContain('secret-token');
  });

  it.each([
    ['cannot be stored', 'aws', '[[ $1 != secretsmanager ]]'],
    ['has no secret to be stored in', 'terraform', 'exit 1'],
  ])(
    'resumes although the token %s, and fails',
    async (_name, program, body) => {
      standIn(program, body);
      const { code } = await run(script, ['deployed'], {
        CLOUDTRACE_EVENTS_TOKEN: 'secret-token',
      });
      expect(code).not.toBe(0);
      expect(commands()).toContain(
        'aws ssm delete-parameter --name /orders-staging/healing/paused-until',
      );
    },
  );

  it('resumes without a token, too', async () => {
    expect(await run(script, ['deployed'])).toMatchObject({ code: 0 });
    expect(commands()).toEqual([
      'aws ssm delete-parameter --name /orders-staging/healing/paused-until',
    ]);
  });

  it('builds the function once, until its source changes', async () => {
    writeFileAt('infra/healing/src/index.ts', '');
    writeFileAt('infra/healing/package-lock.json', '');
    writeFileAt('infra/healing/build.mjs', '');
    standIn(
      'npm',
      'mkdir -p infra/healing/node_modules infra/healing/dist && sleep 0.05 && touch infra/healing/dist/healing.zip',
    );
    await run(script, ['prepare']);
    await run(script, ['prepare']);
    expect(commands()).toEqual([
      'npm ci --prefix infra/healing --ignore-scripts --no-audit --no-fund',
      'npm run build --prefix infra/healing',
    ]);
    writeFileAt('infra/healing/src/index.ts', 'changed');
    await run(script, ['prepare']);
    expect(commands().at(-1)).toBe('npm run build --prefix infra/healing');
    expect(commands()).toHaveLength(3);
  });

  it('checks the declared rules of Terraform when it lints', async () => {
    standIn('npm');
    expect(await run(script, ['lint'])).toMatchObject({ code: 0 });
    writeFileAt(
      'infra/terraform/check-declared-rules.mjs',
      'console.error("missing"); process.exitCode = 1;',
    );
    const { code, output } = await run(script, ['lint']);
    expect(code).toBe(1);
    expect(output).toContain('missing');
  });

  it('rejects a step that it does not know', async () => {
    const { code, output } = await run(script, ['deploy']);
    expect(code).toBe(1);
    expect(output).toContain("unknown step 'deploy'");
  });
});

describe('scripts/ci/drift-report.sh of Bitbucket', () => {
  let server: Server;
  let proxy: string;
  let calls: { call: string; sent: unknown }[];

  beforeEach(async () => {
    calls = [];
    server = createServer(async (request, response) => {
      // A proxy gets the whole address.
      calls.push({
        call: `${request.method} ${request.url}`,
        sent: JSON.parse(await text(request)),
      });
      response.end('{}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const file of ['drift-report.sh', 'drift-insights.mjs']) {
      copy(`ci/bitbucket/scripts/ci/${file}`, `scripts/ci/${file}`);
    }
  });
  afterEach(() => new Promise(resolve => server.close(resolve)));

  const runAfter = (status: string, resources: object[] = []) => {
    writeFileAt('reports/drift-status.txt', status);
    writeFileAt('reports/drift.json', JSON.stringify(resources));
    return run('scripts/ci/drift-report.sh', [], {
      BITBUCKET_PROXY: proxy,
      BITBUCKET_REPO_FULL_NAME: 'acme/orders',
      BITBUCKET_COMMIT: 'c0ffee',
    });
  };
  const report =
    'http://api.bitbucket.org/2.0/repositories/acme/orders/commit/c0ffee/reports/drift';

  it('attaches what drifted to the commit', async () => {
    const { code } = await runAfter('drifted', [
      { id: 'a.edited', type: 'aws_db_instance', change: 'changed' },
    ]);
    expect(code).toBe(0);
    expect(calls.map(({ call }) => call)).toEqual([
      `PUT ${report}`,
      `POST ${report}/annotations`,
    ]);
    expect(calls[0].sent).toMatchObject({ result: 'FAILED' });
    expect(calls[1].sent).toHaveLength(1);
  });

  it('attaches that everything matches', async () => {
    await runAfter('in-sync');
    expect(calls).toEqual([
      {
        call: `PUT ${report}`,
        sent: expect.objectContaining({ result: 'PASSED' }),
      },
    ]);
  });

  it('attaches nothing after a check that failed', async () => {
    expect(await runAfter('failed')).toMatchObject({ code: 0 });
    expect(calls).toEqual([]);
  });
});

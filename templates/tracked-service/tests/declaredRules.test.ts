import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyInfrastructure, EVERY_PART } from './copyInfrastructure';

/* Runs the check of a generated repository that no rule of a security group is missing from what self-healing restores. */

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cloudtrace-declared-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function check(): Promise<{ code: number; output: string }> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [path.join(folder, 'check-declared-rules.mjs')],
      (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

const copy = (answers = EVERY_PART) =>
  copyInfrastructure({ iac: 'terraform', answers, folder });

const rule = (type: string, name: string) =>
  `\nresource "${type}" "${name}" {\n  security_group_id = "sg-1"\n}\n`;

it.each([
  ['every part', EVERY_PART],
  ['self-healing only', { selfHealing: true } as const],
  [
    'broker and Redis',
    { selfHealing: true, starter: 'notifications' } as const,
  ],
])('accepts the infrastructure with %s', async (_name, answers) => {
  await copy(answers);
  expect(await check()).toEqual({ code: 0, output: '' });
});

it.each([
  [
    'a new rule in a module',
    'modules/database/main.tf',
    rule('aws_vpc_security_group_ingress_rule', 'office'),
    'modules/database: aws_vpc_security_group_ingress_rule.office: add it to the output declared_rules',
  ],
  [
    'a rule whose name begins as a declared one',
    'modules/database/main.tf',
    rule('aws_vpc_security_group_egress_rule', 'service-v6'),
    'modules/database: aws_vpc_security_group_egress_rule.service-v6: add it to the output declared_rules',
  ],
  [
    'a rule beside the modules',
    'main.tf',
    rule('aws_vpc_security_group_egress_rule', 'mail'),
    '.: aws_vpc_security_group_egress_rule.mail: add it to declared-rules.tf',
  ],
  [
    'a module without declared rules that gets one',
    'modules/network/main.tf',
    rule('aws_vpc_security_group_ingress_rule', 'peering'),
    'modules/network: add module.network.declared_rules to declared-rules.tf',
  ],
  [
    'a rule of the older type',
    'modules/compute/main.tf',
    rule('aws_security_group_rule', 'ssh'),
    'modules/compute: aws_security_group_rule.ssh: write each rule as aws_vpc_security_group_ingress_rule',
  ],
  [
    'a rule within a group',
    'modules/compute/main.tf',
    '\nresource "aws_security_group" "mine" {\n  ingress {\n    from_port = 22\n  }\n}\n',
    'modules/compute: aws_security_group.mine: write each rule',
  ],
])('rejects %s', async (_name, file, code, problem) => {
  await copy();
  await appendFile(path.join(folder, file), code);
  const { code: exitCode, output } = await check();
  expect(exitCode).toBe(1);
  expect(output).toContain(problem);
});

it('rejects a module whose rules are not collected', async () => {
  await copy();
  const file = path.join(folder, 'declared-rules.tf');
  const content = await readFile(file, 'utf8');
  await writeFile(file, content.replace('module.cache.declared_rules,', ''));
  expect((await check()).output).toContain(
    'modules/cache: add module.cache.declared_rules to declared-rules.tf',
  );
});

it('ignores a rule in a comment', async () => {
  await copy();
  await appendFile(
    path.join(folder, 'main.tf'),
    '\n# resource "aws_security_group_rule" "old" {\n',
  );
  expect((await check()).code).toBe(0);
});

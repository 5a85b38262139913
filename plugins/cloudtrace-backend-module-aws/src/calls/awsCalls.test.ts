import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { awsCalls } from './awsCalls';
import { findingCalls } from './findingCalls';
import { makeFindingsPolicy, makeIamPolicy } from './iamPolicy';

const root = resolvePackagePath(
  '@cloudtrace/plugin-cloudtrace-backend-module-aws',
);

function sources(folder: string): Array<{ path: string; text: string }> {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'testUtils' ? [] : sources(path);
    }
    return path.endsWith('.ts') && !path.endsWith('.test.ts')
      ? [{ path, text: readFileSync(path, 'utf8') }]
      : [];
  });
}

describe('the table of AWS calls', () => {
  const others = sources(join(root, 'src')).filter(
    ({ path }) => !/(aws|finding)Calls\.ts$/.test(path),
  );

  it('is the only place that names SDK commands', () => {
    const offenders = others.filter(
      ({ text }) =>
        /from '@aws-sdk\/client-[^']+'/.test(text) &&
        /\b\w+Command\b/.test(text.replace(/\bAwsCommand\b/g, '')),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ...Object.keys(awsCalls).map(name => `awsCalls.${name}`),
    ...Object.keys(findingCalls).map(name => `findingCalls.${name}`),
  ])('contains %s because the code uses it', entry => {
    expect(others.some(({ text }) => text.includes(entry))).toBe(true);
  });

  it('names the action that AWS checks for each command', () => {
    const prefixes = {
      autoScaling: 'autoscaling',
      applicationAutoScaling: 'application-autoscaling',
      cloudWatch: 'cloudwatch',
      elasticLoadBalancing: 'elasticloadbalancing',
      ec2: 'ec2',
      rds: 'rds',
      ecs: 'ecs',
      tagging: 'tag',
      securityHub: 'securityhub',
      inspector: 'inspector2',
    };
    const all = [...Object.values(awsCalls), ...Object.values(findingCalls)];
    for (const call of all) {
      const command = call.create({} as never).constructor.name;
      expect(`${call.iamAction}Command`).toBe(
        `${prefixes[call.service]}:${command}`,
      );
      expect(call.iamAction).toMatch(/:(Describe|Get|List)/);
      expect(call.purpose).not.toBe('');
    }
  });

  it.each([
    ['cloudtrace-read.json', makeIamPolicy()],
    ['cloudtrace-findings.json', makeFindingsPolicy()],
  ])('matches the policy %s in the documentation', (name, policy) => {
    const document = readFileSync(
      join(root, '../../docs/iam-policy', name),
      'utf8',
    );
    // After a change of the table, run yarn generate:iam-policy
    expect(JSON.parse(document)).toEqual(policy);
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { FleetProblemCode } from '@cloudtrace/plugin-cloudtrace-common';
import { subjectOfEvent } from './events/resourcesOfEvent';

const root = resolvePackagePath(
  '@cloudtrace/plugin-cloudtrace-backend-module-aws',
);
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const guide = read('../../docs/aws.md');

// This module never reports these.
type OtherCode =
  | 'not-measured'
  | 'invalid-object'
  | 'autoscaler-failed'
  | 'autoscaler-conflict'
  | 'keda-failed';

// A record, so that the compiler requires an entry for each new code.
const CODES: Record<Exclude<FleetProblemCode, OtherCode>, true> = {
  'invalid-annotation': true,
  'not-found': true,
  'not-linked': true,
  'account-not-configured': true,
  'access-denied': true,
  'expired-credentials': true,
  'clock-skew': true,
  'not-enabled': true,
  throttled: true,
  timeout: true,
  unavailable: true,
  'invalid-request': true,
  'invalid-response': true,
  truncated: true,
};

describe('docs/aws.md', () => {
  it.each(Object.keys(CODES))('explains the problem %s', code => {
    expect(guide).toMatch(
      new RegExp(`^\\| \`${code}\` +\\| .+ \\| .+ \\|$`, 'm'),
    );
  });

  it('lists every configuration key', () => {
    const keys = [...read('config.d.ts').matchAll(/^\s+(\w+)\??: (.*)$/gm)]
      .filter(([, , type]) => !type.endsWith('{'))
      .map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter(key => !guide.includes(key))).toEqual([]);
  });

  it('contains an event pattern whose sources the module understands', () => {
    const { source } = JSON.parse(
      read('../../docs/iam-policy/event-rule.json'),
    );
    for (const name of source) {
      const subject = subjectOfEvent({
        source: name,
        account: '123456789012',
        region: 'eu-central-1',
        resources: ['arn'],
      });
      expect(subject?.ids).toEqual(['arn']);
    }
  });
});

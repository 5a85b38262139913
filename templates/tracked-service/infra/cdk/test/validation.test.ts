import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { createApp } from '../lib/createApp.ts';
import type { ServiceSettings } from '../lib/settings/ServiceSettings.ts';
import { EVERYTHING_ON, exampleSettings } from './exampleSettings.ts';
import { testApp } from './synthesize.ts';

interface Finding {
  readonly ruleName: string;
  readonly reason?: string;
}

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly Finding[];
    readonly suppressedViolations?: readonly Finding[];
  }[];
}

/** Returns the findings of cdk-nag and CloudFormation's own rules for a stack. */
function validate(
  changes: Partial<ServiceSettings>,
  spoil?: (stack: ReturnType<typeof createApp>['stack']) => void,
): Report {
  const app = testApp();
  const { stack } = createApp(exampleSettings(changes), app);
  spoil?.(stack);
  const exitCode = process.exitCode;
  try {
    app.synth();
  } catch {
    // An open finding fails the synthesis; the report names it.
  }
  process.exitCode = exitCode;
  return JSON.parse(
    readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'),
  ) as Report;
}

const open = (report: Report) =>
  report.pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName }) => ruleName),
  );

describe('cdk-nag and the CloudFormation rules', () => {
  const cases: [string, Partial<ServiceSettings>][] = [
    ['the defaults', {}],
    ['everything on', EVERYTHING_ON],
    [
      'target tracking without flow logs',
      {
        scalingPolicy: 'target-tracking',
        flowLogsEnabled: false,
        natGatewayPerZone: false,
        deletionProtection: false,
      },
    ],
  ];
  for (const [name, changes] of cases) {
    it(`have no open finding with ${name}, and each acknowledged one has a reason`, () => {
      const report = validate(changes);
      assert.ok(
        report.pluginReports.some(
          ({ pluginName }) => pluginName === 'AwsSolutions',
        ),
      );
      assert.deepEqual(open(report), []);
      for (const { suppressedViolations = [] } of report.pluginReports) {
        for (const { ruleName, reason } of suppressedViolations) {
          assert.ok(
            reason && reason.length > 20,
            `${ruleName} is acknowledged without a reason`,
          );
        }
      }
    });
  }

  it('report a bucket that is public and not encrypted', () => {
    const report = validate({}, stack => new CfnBucket(stack, 'Spoiled'));
    assert.ok(
      open(report).includes('AwsSolutions-S1'),
      `found only ${open(report).join(', ')}`,
    );
  });

  it('report a misspelt property', () => {
    const report = validate({}, stack => {
      const database = stack.node
        .findAll()
        .find(child => child.node.path.endsWith('Database/Instance/Resource'));
      (database as CfnBucket).addPropertyOverride('MultiAz', true);
    });
    assert.ok(open(report).length > 0);
  });
});

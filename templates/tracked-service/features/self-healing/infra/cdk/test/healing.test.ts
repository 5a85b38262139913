import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import {
  toPlainTemplate,
  type SynthesizedTemplate,
} from '../lib/cloudformation/toPlainTemplate.ts';
import { synthesize } from './synthesize.ts';

describe('self-healing', () => {
  const template = synthesize();

  it('has its function in the template itself, so that it deploys without uploaded files', () => {
    const { Resources } = toPlainTemplate(
      template.toJSON() as SynthesizedTemplate,
    );
    const code = Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => Properties?.Code as { ZipFile?: string });
    assert.ok(code.length > 0 && code.every(({ ZipFile }) => ZipFile));
  });

  it('may set only the declared bounds of the group', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'autoscaling:UpdateAutoScalingGroup',
            Condition: {
              NumericEquals: {
                'autoscaling:MinSize': '2',
                'autoscaling:MaxSize': '6',
              },
            },
          }),
        ]),
      }),
    });
  });

  it('runs one at a time, and keeps the events that failed', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'orders-production-healing',
      ReservedConcurrentExecutions: 1,
      DeadLetterConfig: { TargetArn: Match.anyValue() },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-production-healing-failed',
    });
  });

  it('compares everything every five minutes', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
    });
  });
});

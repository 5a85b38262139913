import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  toPlainTemplate,
  type SynthesizedTemplate,
} from '../lib/cloudformation/toPlainTemplate.ts';
import { declaredSecurityGroups } from '../lib/healing/declaredState.ts';
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

describe('the declared rules', () => {
  const stack = () => new Stack(undefined, 'Test');
  const groupIn = (scope: Stack) =>
    new ec2.CfnSecurityGroup(scope, 'Group', {
      groupDescription: 'Test',
      vpcId: 'vpc-1',
      securityGroupEgress: [{ ipProtocol: '-1', cidrIpv6: '::/0' }],
    });

  it('contain each kind of peer, in the group or beside it', () => {
    const scope = stack();
    const group = groupIn(scope);
    const https = {
      groupId: group.attrGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    };
    new ec2.CfnSecurityGroupIngress(scope, 'PrefixList', {
      ...https,
      sourcePrefixListId: 'pl-1',
    });
    new ec2.CfnSecurityGroupEgress(scope, 'OtherGroup', {
      ...https,
      destinationSecurityGroupId: 'sg-2',
    });

    const rule = { protocol: 'tcp', fromPort: 443, toPort: 443 };
    assert.deepEqual(
      JSON.parse(JSON.stringify(declaredSecurityGroups(scope))).map(
        ({ ingress, egress }: Record<string, unknown>) => ({ ingress, egress }),
      ),
      [
        {
          ingress: [{ ...rule, prefixListId: 'pl-1' }],
          egress: [
            { protocol: '-1', cidrIpv6: '::/0' },
            { ...rule, groupId: 'sg-2' },
          ],
        },
      ],
    );
  });

  it('cannot contain a rule without a peer', () => {
    const scope = stack();
    new ec2.CfnSecurityGroupIngress(scope, 'Nobody', {
      groupId: groupIn(scope).attrGroupId,
      ipProtocol: 'tcp',
      description: 'nobody',
    });
    assert.throws(() => declaredSecurityGroups(scope), /the rule 'nobody'/);
  });
});

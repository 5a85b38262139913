import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { EVERYTHING_ON } from './exampleSettings.ts';
import { synthesize, synthesizeWithoutInstances } from './synthesize.ts';

describe('the Auto Scaling group with the defaults', () => {
  const template = synthesize();

  it('launches hardened instances with encrypted disks', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({
        MetadataOptions: Match.objectLike({
          HttpTokens: 'required',
          HttpPutResponseHopLimit: 1,
        }),
        BlockDeviceMappings: [
          Match.objectLike({ Ebs: Match.objectLike({ Encrypted: true }) }),
        ],
      }),
    });
  });

  it('lets the agent of each instance report its memory', () => {
    const [{ Properties }] = Object.values(
      template.findResources('AWS::EC2::LaunchTemplate'),
    ) as [{ Properties: unknown }];
    const text = JSON.stringify(Properties);
    assert.match(text, /export SERVICE_GROUP='orders-production'/);
    assert.match(text, /amazon-cloudwatch-agent-ctl/);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'PublishMemory',
            Condition: { StringEquals: { 'cloudwatch:namespace': 'CWAgent' } },
          }),
        ]),
      }),
    });
  });

  it('replaces instances without reducing capacity', () => {
    template.hasResource('AWS::AutoScaling::AutoScalingGroup', {
      UpdatePolicy: {
        AutoScalingInstanceRefresh: Match.objectLike({
          Preferences: Match.objectLike({ MinHealthyPercentage: 100 }),
        }),
      },
      Properties: Match.objectLike({
        MinSize: '2',
        MaxSize: '6',
        DesiredCapacity: Match.absent(),
      }),
    });
  });

  it('starts no instance before the first migration', () => {
    synthesizeWithoutInstances().hasResourceProperties(
      'AWS::AutoScaling::AutoScalingGroup',
      { MinSize: '0', DesiredCapacity: Match.absent() },
    );
  });

  it('scales out at 70 and in at 30 percent CPU', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-production-scale-up',
      Threshold: 70,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-production-scale-down',
      Threshold: 30,
    });
  });
});

describe('the Auto Scaling group with all options', () => {
  const template = synthesize(EVERYTHING_ON);

  it('keeps four active users per instance, and lets instances publish the number', () => {
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', {
      TargetTrackingConfiguration: {
        TargetValue: 4,
        CustomizedMetricSpecification: {
          Metrics: Match.arrayWith([
            Match.objectLike({
              Expression: 'users / instances',
              ReturnData: true,
            }),
          ]),
        },
      },
    });
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', {
      TargetTrackingConfiguration: {
        TargetValue: 70,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ASGAverageCPUUtilization',
        },
      },
    });
    template.resourceCountIs('AWS::AutoScaling::ScalingPolicy', 2);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'cloudwatch:PutMetricData',
            Condition: {
              StringEquals: { 'cloudwatch:namespace': 'CloudTrace/Service' },
            },
          }),
        ]),
      }),
    });
  });

  it('runs instances above the minimum on spot', () => {
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      CapacityRebalance: true,
      MixedInstancesPolicy: Match.objectLike({
        InstancesDistribution: Match.objectLike({
          OnDemandBaseCapacity: 2,
          OnDemandPercentageAboveBaseCapacity: 0,
        }),
      }),
    });
  });
});

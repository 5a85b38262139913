import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { EVERYTHING_ON } from './exampleSettings.ts';
import { synthesize, synthesizeWithoutInstances } from './synthesize.ts';

describe('the ECS service with the defaults', () => {
  const template = synthesize();

  it('runs hardened containers without public addresses', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Family: 'orders-production',
      ContainerDefinitions: [
        Match.objectLike({ Essential: false, ReadonlyRootFilesystem: true }),
        Match.objectLike({
          Essential: true,
          ReadonlyRootFilesystem: true,
          LinuxParameters: Match.objectLike({
            Capabilities: { Drop: ['ALL'] },
          }),
        }),
      ],
    });
    template.hasResourceProperties('AWS::ECS::Service', {
      ServiceName: 'orders-production',
      NetworkConfiguration: {
        AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }),
      },
    });
  });

  it('replaces tasks without reducing capacity, and returns to the last version if they do not get healthy', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        MinimumHealthyPercent: 100,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      }),
      DesiredCount: Match.absent(),
    });
  });

  it('starts no task before the first migration', () => {
    const waiting = synthesizeWithoutInstances();
    waiting.hasResourceProperties('AWS::ECS::Service', { DesiredCount: 0 });
    template.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: Match.absent(),
    });
  });

  it('scales out at 70 and in at 30 percent CPU', () => {
    template.hasResourceProperties(
      'AWS::ApplicationAutoScaling::ScalableTarget',
      { MinCapacity: 2, MaxCapacity: 6 },
    );
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-production-scale-up',
      Namespace: 'AWS/ECS',
      Threshold: 70,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-production-scale-down',
      Namespace: 'AWS/ECS',
      Threshold: 30,
    });
  });
});

describe('the ECS service with all options', () => {
  const template = synthesize(EVERYTHING_ON);

  it('keeps four active users per task, and lets tasks publish the number', () => {
    template.hasResourceProperties(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      {
        TargetTrackingScalingPolicyConfiguration: Match.objectLike({
          TargetValue: 4,
          CustomizedMetricSpecification: {
            Metrics: Match.arrayWith([
              Match.objectLike({
                Expression: 'users / tasks',
                ReturnData: true,
              }),
            ]),
          },
        }),
      },
    );
    template.hasResourceProperties(
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      {
        TargetTrackingScalingPolicyConfiguration: Match.objectLike({
          TargetValue: 70,
          PredefinedMetricSpecification: {
            PredefinedMetricType: 'ECSServiceAverageCPUUtilization',
          },
        }),
      },
    );
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

  it('runs tasks above the minimum on Fargate Spot', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      CapacityProviderStrategy: [
        { CapacityProvider: 'FARGATE', Base: 2, Weight: 0 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
      ],
    });
  });
});

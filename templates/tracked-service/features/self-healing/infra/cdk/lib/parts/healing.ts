import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Healing } from '../healing/Healing.ts';
import { metric, type AlarmSpec } from '../Observability.ts';
import type { Part } from './Part.ts';

/**
 * Self-healing: a function restores what this repository declares, and replaces instances that are stuck.
 * docs/self-healing.md explains what it restores, and how to change something on purpose.
 */
export const healing: Part = {
  createAfterService(context) {
    const { stack, fullName, compute } = context;
    const { failedEvents, pauseParameter, eventsTokenSecretArn } = new Healing(
      stack,
      'Healing',
      {
        ...context,
        cpuAlarm: `${fullName}-instance-cpu`,
        memoryAlarm: `${fullName}-instance-memory`,
      },
    );
    return {
      alarms: {
        // The busiest instance: the average of the group hides one that is stuck.
        'instance-cpu': busiestInstance(
          'AWS/EC2',
          'CPUUtilization',
          compute.group.autoScalingGroupName,
          'One instance uses more than 90 % of its CPU for 10 minutes; self-healing replaces it if the others do not',
        ),
        'instance-memory': busiestInstance(
          'CWAgent',
          'mem_used_percent',
          compute.group.autoScalingGroupName,
          'One instance uses more than 90 % of its memory for 10 minutes; self-healing replaces it if the others do not',
        ),
        'healing-failed': {
          description:
            "Self-healing failed three times for one event and needs attention: see the queue's messages and the function's log",
          metric: metric(
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            { QueueName: failedEvents.queueName },
            cloudwatch.Stats.MAXIMUM,
          ),
          minutes: 1,
          operator:
            cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          threshold: 1,
          missing: cloudwatch.TreatMissingData.NOT_BREACHING,
        },
      },
      outputs: {
        HealingPauseParameter: pauseParameter,
        EventsTokenSecretArn: eventsTokenSecretArn,
      },
    };
  },
};

function busiestInstance(
  namespace: string,
  name: string,
  groupName: string,
  description: string,
): AlarmSpec {
  return {
    description,
    metric: metric(
      namespace,
      name,
      { AutoScalingGroupName: groupName },
      cloudwatch.Stats.MAXIMUM,
    ),
    minutes: 10,
    operator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 90,
    missing: cloudwatch.TreatMissingData.MISSING,
  };
}

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { metric, type AlarmSpec } from '../Observability.ts';
import { integer } from '../settings/checks.ts';
import { Worker } from '../worker/Worker.ts';
import type { Part } from './Part.ts';

const { MAXIMUM, SUM } = cloudwatch.Stats;

/** Settings of the workers. */
export interface WorkerSettings {
  /**
   * Minimum number of workers. With two, the other one continues at once if a worker or its zone fails.
   * @default 2
   */
  readonly workerMinSize: number;
  /**
   * Maximum number of workers; more than the 12 partitions of the topic have nothing to do.
   * @default 6
   */
  readonly workerMaxSize: number;
}

declare module '../settings/ServiceSettings.ts' {
  interface ServiceSettings extends WorkerSettings {}
}

/** The workers: they publish the outbox, deliver events and run the scheduled jobs. docs/broker.md explains them. */
export const worker: Part = {
  settings: {
    defaults: {
      workerMinSize: 2,
      workerMaxSize: 6,
    } satisfies WorkerSettings,
    checks: {
      workerMinSize: integer(1, 12),
      workerMaxSize: (value, settings) =>
        integer(1, 12)(value, settings) ??
        ((value as number) >= settings.workerMinSize
          ? undefined
          : 'must not be below workerMinSize'),
    },
  },

  createAfterService(context) {
    const workers = new Worker(context.stack, 'Worker', context);
    return {
      alarms: alarms(context.fullName, workers),
      outputs: {
        WorkerCluster: workers.cluster.clusterName,
        WorkerService: workers.service.serviceName,
        WorkerTaskDefinition: workers.taskDefinition.taskDefinitionArn,
        WorkerRoleArn: workers.taskDefinition.taskRole.roleArn,
      },
    };
  },
};

/** Topics, groups and messages of `src/`. */
function alarms(fullName: string, workers: Worker): Record<string, AlarmSpec> {
  return {
    'consumer-lag': {
      description:
        'Notifications wait more than 60 seconds for a worker, for 5 minutes: see docs/notification-runbook.md',
      metric: metric(
        'AWS/Kafka',
        'EstimatedMaxTimeLag',
        {
          'Cluster Name': fullName,
          'Consumer Group': 'notifications-delivery',
          Topic: 'notifications.events',
        },
        MAXIMUM,
      ),
      minutes: 5,
      operator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 60,
      missing: cloudwatch.TreatMissingData.MISSING,
    },
    'dead-letters': {
      description:
        'A message could not be processed and is in the dead letters: list and replay them',
      metric: metric(workers.metricNamespace, 'DeadLetters', {}, SUM),
      minutes: 1,
      operator:
        cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
    },
    'no-worker': {
      description:
        'No worker runs: notifications are accepted, but wait in the outbox',
      metric: metric(
        'ECS/ContainerInsights',
        'RunningTaskCount',
        {
          ClusterName: workers.cluster.clusterName,
          ServiceName: workers.service.serviceName,
        },
        MAXIMUM,
      ),
      minutes: 3,
      operator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      missing: cloudwatch.TreatMissingData.BREACHING,
    },
  };
}

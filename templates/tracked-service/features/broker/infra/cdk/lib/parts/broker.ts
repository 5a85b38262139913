import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Broker } from '../broker/Broker.ts';
import { metric, type AlarmSpec } from '../Observability.ts';
import { integer, matches } from '../settings/checks.ts';
import type { Part, PartContext } from './Part.ts';

/** Settings of the broker. */
export interface BrokerSettings {
  /**
   * MSK instance type of each broker; one runs in each zone.
   * @default "kafka.t3.small"
   */
  readonly brokerInstanceType: string;
  /**
   * Storage of each broker in GiB. AWS can enlarge it, but not shrink it.
   * @default 50
   */
  readonly brokerStorageGb: number;
}

declare module '../settings/ServiceSettings.ts' {
  interface ServiceSettings extends BrokerSettings {}
}

/** Kafka (MSK) for events. docs/broker.md explains it. */
export const broker: Part = {
  settings: {
    defaults: {
      brokerInstanceType: 'kafka.t3.small',
      brokerStorageGb: 50,
    } satisfies BrokerSettings,
    checks: {
      brokerInstanceType: matches(
        /^kafka\.[a-z0-9]+\.[a-z0-9]+$/,
        'must be an MSK instance type such as kafka.m7g.large',
      ),
      brokerStorageGb: integer(1, 16_384),
    },
  },

  createBeforeService(context) {
    const kafka = new Broker(context.stack, 'Broker', context);
    return {
      environment: {
        KAFKA_BROKERS: kafka.addresses,
        KAFKA_REPLICAS: String(context.settings.zones.length),
        KAFKA_SECRET_ARN: kafka.secretArn,
        KAFKA_SSL: 'verify-full',
      },
      permissions: [
        new iam.PolicyStatement({
          sid: 'ReadBrokerLogin',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [kafka.secretArn],
        }),
      ],
      alarms: alarms(context),
    };
  },
};

function alarms({
  fullName,
  settings,
}: PartContext): Record<string, AlarmSpec> {
  return {
    'broker-offline': {
      ...above(0, 'AWS/Kafka', 'OfflinePartitionsCount', {
        'Cluster Name': fullName,
      }),
      description:
        'Some partitions of the broker have had no leader for 3 minutes: their events wait in the outbox',
      minutes: 3,
    },
    ...Object.fromEntries(
      settings.zones.map((_zone, index) => [
        `broker-storage-${index + 1}`,
        {
          ...above(80, 'AWS/Kafka', 'KafkaDataLogsDiskUsed', {
            'Cluster Name': fullName,
            'Broker ID': String(index + 1),
          }),
          description: `Broker ${
            index + 1
          } uses more than 80 % of its storage: raise brokerStorageGb`,
          minutes: 5,
        },
      ]),
    ),
  };
}

function above(
  threshold: number,
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
): Omit<AlarmSpec, 'description' | 'minutes'> {
  return {
    metric: metric(namespace, name, dimensions, cloudwatch.Stats.MAXIMUM),
    operator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold,
    missing: cloudwatch.TreatMissingData.MISSING,
  };
}

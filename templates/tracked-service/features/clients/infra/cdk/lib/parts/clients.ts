import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Clients } from '../clients/Clients.ts';
import { metric } from '../Observability.ts';
import { integer } from '../settings/checks.ts';
import type { Part } from './Part.ts';

/** Settings of the download agents. */
export interface ClientsSettings {
  /**
   * Maximum number of download agents; one always runs.
   * @default 4
   */
  readonly fargateClientsMax: number;
}

declare module '../settings/ServiceSettings.ts' {
  interface ServiceSettings extends ClientsSettings {}
}

/** Download agents on ECS Fargate: HTTP API, queue and bucket. */
export const clients: Part = {
  settings: {
    defaults: { fargateClientsMax: 4 } satisfies ClientsSettings,
    checks: { fargateClientsMax: integer(1, 50) },
  },

  createAfterService(context) {
    const { api, bucket, failedJobs } = new Clients(
      context.stack,
      'Clients',
      context,
    );
    return {
      alarms: {
        'downloads-failed': {
          description: 'A download job failed five times and needs attention',
          metric: metric(
            'AWS/SQS',
            'ApproximateNumberOfMessagesVisible',
            { QueueName: failedJobs.queueName },
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
        DownloadsApiEndpoint: api.httpApi.apiEndpoint,
        DownloadsBucket: bucket.bucketName,
      },
    };
  },
};

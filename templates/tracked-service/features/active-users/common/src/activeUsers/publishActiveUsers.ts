import {
  CloudWatchClient,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';

export function createCloudWatchClient(): CloudWatchClient {
  return new CloudWatchClient({
    requestHandler: { requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
}

/**
 * Publishes the metric that scales the group by active users.
 *
 * Every instance publishes the same figure, counted in the shared database, so alarms use the maximum; no leader is needed
 * and the metric survives any instance.
 */
export async function publishActiveUsers(options: {
  client: Pick<CloudWatchClient, 'send'>;
  /** Value of the dimension `ServiceName`. */
  serviceDimension: string;
  users: number;
}): Promise<void> {
  await options.client.send(
    new PutMetricDataCommand({
      Namespace: 'CloudTrace/Service',
      MetricData: [
        {
          MetricName: 'ActiveUsers',
          Dimensions: [
            { Name: 'ServiceName', Value: options.serviceDimension },
          ],
          Value: options.users,
          Unit: 'Count',
        },
      ],
    }),
  );
}

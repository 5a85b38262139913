import type { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { publishActiveUsers } from './publishActiveUsers.js';

it('publishes the figure under the name that the scaling policy reads', async () => {
  const sent: PutMetricDataCommand['input'][] = [];
  await publishActiveUsers({
    client: {
      send: async (command: PutMetricDataCommand) => {
        sent.push(command.input);
      },
    },
    serviceDimension: 'orders-production',
    users: 7,
  });

  expect(sent).toEqual([
    {
      Namespace: 'CloudTrace/Service',
      MetricData: [
        {
          MetricName: 'ActiveUsers',
          Dimensions: [{ Name: 'ServiceName', Value: 'orders-production' }],
          Value: 7,
          Unit: 'Count',
        },
      ],
    },
  ]);
});

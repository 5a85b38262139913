import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readAwsConfig } from './readAwsConfig';

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '../..'),
    samples: [
      {
        cloudtrace: {
          aws: {
            accounts: [
              { accountId: '123456789012', regions: ['eu-central-1'] },
            ],
            metrics: {
              custom: [
                {
                  id: 'queue-length',
                  resourceType: 'auto-scaling-group',
                  namespace: 'Shop',
                  metricName: 'QueueLength',
                  dimensions: { AutoScalingGroupName: '{name}' },
                },
              ],
            },
          },
        },
      },
    ],
    read: readAwsConfig,
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});

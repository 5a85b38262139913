import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readSnykConfig } from './readSnykConfig';

it('reads exactly the keys that config.d.ts declares', () => {
  const schedule = { frequency: '1h', timeout: '30m' };
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    samples: [
      {
        cloudtrace: {
          snyk: {
            token: 'token',
            orgs: ['7a0f4e0c-2c5a-4d6e-9c39-5a3f0a3c2b11'],
            schedule,
          },
        },
      },
    ],
    read: readSnykConfig,
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});

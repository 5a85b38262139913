import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readSonarqubeConfig } from './readSonarqubeConfig';

it('reads exactly the keys that config.d.ts declares', () => {
  const schedule = { frequency: '1h', timeout: '30m' };
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    samples: [
      {
        cloudtrace: {
          sonarqube: {
            instances: [
              {
                name: 'default',
                baseUrl: 'https://sonarqube.example.com',
                token: 'token',
                schedule,
              },
            ],
          },
        },
      },
    ],
    read: readSonarqubeConfig,
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});

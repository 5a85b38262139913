import { readFileSync } from 'node:fs';
import { ConfigReader } from '@backstage/config';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readAwsConfig } from './readAwsConfig';

const account = { accountId: '123456789012', regions: ['eu-central-1'] };
const read = (aws: object) =>
  readAwsConfig(new ConfigReader({ cloudtrace: { aws } } as never));

describe('readAwsConfig', () => {
  it('returns undefined without the block', () => {
    expect(readAwsConfig(new ConfigReader({}))).toBeUndefined();
  });

  it('fills in defaults', () => {
    expect(read({ accounts: [account] })).toEqual({
      accounts: [{ ...account, roleArn: undefined, externalId: undefined }],
      partition: 'aws',
      requireResourceTag: true,
      endpoint: undefined,
      eventsTopic: 'cloudtrace-aws',
      alarmNamePrefixes: [],
      limits: {
        concurrency: 5,
        cycleTimeoutMs: 50_000,
        connectionTimeoutMs: 3_000,
        requestTimeoutMs: 10_000,
        maxAttempts: 3,
        maxPages: 20,
        maxResponseBytes: 16 * 1024 * 1024,
        targetHealthCalls: 12,
        settingsIntervalMs: 300_000,
      },
      findings: { securityHub: false, inspector: false, intervalMs: 3_600_000 },
      metrics: { intervalMs: 300_000, lookbackMs: 10_800_000, custom: [] },
    });
  });

  it('reads custom metrics and durations', () => {
    const config = read({
      accounts: [account],
      metrics: {
        interval: { minutes: 1 },
        custom: [
          {
            id: 'queue-depth',
            resourceType: 'ecs-service',
            namespace: 'Shop',
            metricName: 'QueueDepth',
            statistic: 'Maximum',
            dimensions: { Service: '{serviceName}' },
            periodSeconds: 300,
          },
        ],
      },
    })!;
    expect(config.metrics).toEqual({
      intervalMs: 60_000,
      lookbackMs: 10_800_000,
      custom: [
        {
          seriesId: 'custom-queue-depth',
          resourceType: 'ecs-service',
          label: 'QueueDepth',
          unit: '1',
          namespace: 'Shop',
          metricName: 'QueueDepth',
          statistic: 'Maximum',
          dimensions: { Service: '{serviceName}' },
          periodMs: 300_000,
        },
      ],
    });
  });

  it.each([
    [{ accounts: [{ ...account, accountId: '123' }] }, /12 digits/],
    [{ accounts: [{ ...account, regions: ['Frankfurt'] }] }, /Frankfurt/],
    [{ accounts: [{ ...account, regions: [] }] }, /regions/],
    [{ accounts: [account, account] }, /twice/],
    [
      {
        accounts: [{ ...account, roleArn: 'arn:aws:iam::999999999999:role/x' }],
      },
      /roleArn/,
    ],
    [{ accounts: [{ ...account, externalId: 'x' }] }, /externalId/],
    [{ accounts: [account], endpoint: 'file:///etc/passwd' }, /endpoint/],
    [{ accounts: [account], limits: { concurrency: 0 } }, /concurrency/],
    [
      { accounts: [account], metrics: { custom: [{ id: 'A b' }] } },
      /kebab-case/,
    ],
    [{}, /accounts/],
  ])('rejects %j', (aws, message) => {
    expect(() => read(aws)).toThrow(message);
  });

  it('documents every key that is read', () => {
    const schema = readFileSync(
      resolvePackagePath(
        '@cloudtrace/plugin-cloudtrace-backend-module-aws',
        'config.d.ts',
      ),
      'utf8',
    );
    const keys = [...schema.matchAll(/^\s+(\w+)\??: /gm)].map(
      match => match[1],
    );
    const config = read({ accounts: [account] })!;
    for (const key of Object.keys(config.limits)) {
      expect(keys).toContain(key.replace(/(Timeout|Interval)Ms$/, '$1'));
    }
  });
});

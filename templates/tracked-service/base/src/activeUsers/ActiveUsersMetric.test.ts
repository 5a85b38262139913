import type { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActiveUsersMetric } from './ActiveUsersMetric.js';

let sent: PutMetricDataCommand['input'][];

beforeEach(() => {
  sent = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function metric(count: () => Promise<number>): ActiveUsersMetric {
  return new ActiveUsersMetric({
    serviceDimension: 'orders-production',
    count,
    logger: pino({ level: 'silent' }),
    client: {
      send: async (command: PutMetricDataCommand) => {
        sent.push(command.input);
      },
    },
  });
}

describe('ActiveUsersMetric', () => {
  it('publishes the count once a minute until it is stopped', async () => {
    const subject = metric(async () => 7);
    subject.start();
    await vi.advanceTimersByTimeAsync(120_000);
    subject.stop();
    await vi.advanceTimersByTimeAsync(120_000);

    const expected = {
      Namespace: 'CloudTrace/Service',
      MetricData: [
        {
          MetricName: 'ActiveUsers',
          Dimensions: [{ Name: 'ServiceName', Value: 'orders-production' }],
          Value: 7,
          Unit: 'Count',
        },
      ],
    };
    expect(sent).toEqual([expected, expected]);
  });

  it('goes on after a failure', async () => {
    let failures = 1;
    const subject = metric(async () => {
      if (failures-- > 0) throw new Error('database is away');
      return 3;
    });
    subject.start();
    await vi.advanceTimersByTimeAsync(120_000);
    subject.stop();

    expect(sent).toHaveLength(1);
  });
});

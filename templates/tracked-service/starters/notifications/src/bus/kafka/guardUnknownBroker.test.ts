import { Consumer } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { guardUnknownBroker } from './guardUnknownBroker.js';

describe('guardUnknownBroker', () => {
  it('fails instead of throwing while the broker is unknown', async () => {
    const consumer = guardUnknownBroker(
      new Consumer({
        clientId: 'test',
        groupId: 'test',
        bootstrapBrokers: ['127.0.0.1:1'],
      }),
    );
    const name = Object.getOwnPropertySymbols(consumer).find(
      ({ description }) => description === 'plt.kafka.base.getConnection',
    );
    expect(name).toBeDefined();
    const error = await new Promise<Error>(resolve => {
      const open = Reflect.get(consumer, name ?? '') as (
        broker: undefined,
        callback: (error: Error) => void,
      ) => void;
      open(undefined, resolve);
    });
    expect(error.message).toBe('The broker is not known yet');
    await new Promise<void>(resolve => {
      consumer.close(true, () => resolve());
    });
  });
});

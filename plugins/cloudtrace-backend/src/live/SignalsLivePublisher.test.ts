import { mockServices } from '@backstage/backend-test-utils';
import {
  ANY_ENTITY_CHANNEL,
  channelOfEntity,
  SignalsLivePublisher,
} from './SignalsLivePublisher';

describe('SignalsLivePublisher', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const setUp = (publish = jest.fn(async (_: unknown) => undefined)) => {
    const publisher = new SignalsLivePublisher({
      signals: { publish },
      logger: mockServices.logger.mock(),
      channelKey: 'key',
    });
    const pings = (ref: string) =>
      publish.mock.calls.filter(
        ([signal]: any[]) => signal.channel === channelOfEntity(ref, 'key'),
      ).length;
    return { publisher, publish, pings };
  };

  it('sends a signal at once, then at most one in two seconds, and never drops the last change', () => {
    const { publisher, pings } = setUp();
    for (let i = 0; i < 100; i += 1) {
      publisher.entityChanged('component:a/b', 'requests');
    }
    publisher.entityChanged('component:a/c', 'requests');
    expect([pings('component:a/b'), pings('component:a/c')]).toEqual([1, 1]);
    jest.advanceTimersByTime(1_999);
    expect(pings('component:a/b')).toBe(1);
    jest.advanceTimersByTime(1);
    expect([pings('component:a/b'), pings('component:a/c')]).toEqual([2, 1]);
    jest.advanceTimersByTime(60_000);
    expect(pings('component:a/b')).toBe(2);
  });

  it('merges the kinds that change within two seconds and drops none', () => {
    const { publisher, publish } = setUp();
    publisher.entityChanged('component:a/b', 'requests');
    publisher.entityChanged('component:a/b', 'scans');
    publisher.entityChanged('component:a/b', 'fleet');
    publisher.entityChanged('component:a/b', 'scans');
    jest.advanceTimersByTime(60_000);
    const messages = publish.mock.calls
      .filter(([signal]: any[]) => signal.channel !== ANY_ENTITY_CHANNEL)
      .map(([signal]: any[]) => signal.message);
    expect(messages).toEqual([
      { changed: ['requests'] },
      { changed: ['scans', 'fleet'] },
    ]);
  });

  it('names the kind of data that changed, but neither the data nor the entity', () => {
    const { publisher, publish } = setUp();
    publisher.entityChanged('component:default/payments', 'scans');
    expect(publish.mock.calls).toEqual([
      [
        {
          recipients: { type: 'broadcast' },
          channel: expect.stringMatching(/^cloudtrace:[0-9a-f]{24}$/),
          message: { changed: ['scans'] },
        },
      ],
      [
        {
          recipients: { type: 'broadcast' },
          channel: ANY_ENTITY_CHANNEL,
          message: { changed: ['scans'] },
        },
      ],
    ]);
    expect(JSON.stringify(publish.mock.calls)).not.toContain('payments');
    expect(channelOfEntity('component:a/b', 'x')).not.toBe(
      channelOfEntity('component:a/b', 'y'),
    );
  });

  it('ignores errors of signals', async () => {
    const { publisher } = setUp(
      jest.fn(async (_: unknown): Promise<undefined> => {
        throw new Error('no broker');
      }),
    );
    expect(() =>
      publisher.entityChanged('component:a/b', 'fleet'),
    ).not.toThrow();
    await jest.advanceTimersByTimeAsync(10);
  });
});

import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { BodyReader, type BodyReaderOptions } from './BodyReader';

function setUp(options: Partial<BodyReaderOptions> = {}) {
  const reader = new BodyReader({
    maxBytes: 100,
    timeoutMs: 5_000,
    maxPerSender: 2,
    maxTotal: 4,
    yields: 'oldest',
    ...options,
  });
  /** Starts a body that does not end by itself. */
  return (sender: string) => {
    const stream = Object.assign(new PassThrough(), { headers: {} });
    const outcome = reader
      .read(stream as unknown as IncomingMessage, sender)
      .then(
        ({ body }) => Buffer.from(body).toString(),
        (error: Error) => error.name,
      );
    return { outcome, end: () => stream.end('all') };
  };
}

const BUSY = 'ServiceUnavailableError';

describe('BodyReader', () => {
  it("evicts the sender's oldest body for its newest", async () => {
    const start = setUp();
    const [first, second, third, other] = ['a', 'a', 'a', 'b'].map(start);
    expect(await first.outcome).toBe(BUSY);
    for (const body of [second, third, other]) {
      body.end();
      expect(await body.outcome).toBe('all');
    }
  });

  it('evicts the oldest body of the busiest sender when all slots are used', async () => {
    const start = setUp({ maxTotal: 3 });
    const [other, first, second, genuine] = ['b', 'a', 'a', 'c'].map(start);
    expect(await first.outcome).toBe(BUSY);
    for (const body of [other, second, genuine]) {
      body.end();
      expect(await body.outcome).toBe('all');
    }
  });

  it('asks the newest sender to retry if senders are verified', async () => {
    const start = setUp({ yields: 'newest' });
    const [first, second, third] = ['a', 'a', 'a'].map(start);
    expect(await third.outcome).toBe(BUSY);
    first.end();
    second.end();
    expect([await first.outcome, await second.outcome]).toEqual(['all', 'all']);
    const fourth = start('a');
    fourth.end();
    expect(await fourth.outcome).toBe('all');
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import type { Request } from 'express';
import { PassThrough } from 'node:stream';
import { pruneDeliveries } from '../database/pruneDeliveries';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { SignedWebhooks } from './SignedWebhooks';

jest.setTimeout(60_000);

describe('replays of signed webhooks', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  const signature = {
    isWellFormed: true,
    isGenuine: () => true,
    refuse: () => new Error('refused'),
  };
  const requestWith = (body: string) => {
    const stream = Object.assign(new PassThrough(), {
      headers: {},
      ip: '10.0.0.1',
    });
    stream.end(body);
    return stream as unknown as Request;
  };

  it('are recognised on every replica, until they expire', async () => {
    const { knex } = await databases.createTestDatabase();
    const replica = () =>
      new SignedWebhooks({
        knex,
        logger: mockServices.logger.mock(),
        maxBytes: 1000,
      });
    const [one, another] = [replica(), replica()];
    const deliver = async (
      webhooks: SignedWebhooks,
      body: string,
      { source = 'snyk', accept = async () => 'accepted' } = {},
    ) => {
      const { once } = await webhooks.receive(
        requestWith(body),
        source,
        signature,
      );
      return once(accept);
    };

    expect(await deliver(one, 'a')).toBe('accepted');
    expect(await deliver(one, 'a')).toBe('replayed');
    expect(await deliver(another, 'a')).toBe('replayed');
    expect(await deliver(another, 'b')).toBe('accepted');
    expect(await deliver(another, 'a', { source: 'sonarqube' })).toBe(
      'accepted',
    );

    // A delivery that was not accepted may be repeated.
    const fail = async () => {
      throw new Error('the queue is full');
    };
    await expect(deliver(one, 'c', { accept: fail })).rejects.toThrow('full');
    expect(await deliver(another, 'c')).toBe('accepted');

    const now = Date.now();
    const days = (n: number) => now + n * 86_400_000;
    await pruneDeliveries(knex, days(29));
    expect(await deliver(one, 'a')).toBe('replayed');
    await pruneDeliveries(knex, days(31));
    expect(await deliver(one, 'a')).toBe('accepted');
  });
});

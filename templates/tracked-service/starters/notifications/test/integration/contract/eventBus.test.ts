import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  EventBus,
  ReceivedMessage,
  Topic,
} from '../../../src/bus/EventBus.js';
import { embeddedSet, kafkaBus } from '../../support/adapterSets.js';
import { realKafka, titleFor } from '../../support/realServers.js';
import { createTestDatabase } from '../../support/testDatabase.js';
import { waitFor } from '../../support/waitFor.js';

interface BusSet {
  readonly topic: Topic;
  open(): Promise<EventBus>;
  close(): Promise<void>;
}

async function embedded(): Promise<BusSet> {
  const set = await embeddedSet();
  return { ...set, open: async () => (await set.open()).eventBus };
}

async function kafka(): Promise<BusSet> {
  const database = await createTestDatabase();
  const set = await kafkaBus(database);
  const close = async () => {
    await set.close();
    await database.drop();
  };
  return { ...set, close };
}

describe('The event bus embedded in PostgreSQL', () => contract(embedded));
describe.skipIf(realKafka.missing)(`The event bus ${titleFor(realKafka)}`, () =>
  contract(kafka),
);

function contract(create: () => Promise<BusSet>) {
  let set: BusSet;
  let bus: EventBus;

  beforeAll(async () => {
    set = await create();
    bus = await set.open();
  });
  afterAll(() => set.close());

  const message = (key: string, text: string) => ({
    topic: set.topic.name,
    key,
    value: Buffer.from(text),
    headers: { run: key.split(' ')[0] ?? '' },
  });

  /** Reads the messages of one run; the topic has those of other tests too. */
  function collect(
    run: string,
    options: {
      bus?: EventBus;
      group?: string;
      member?: string;
      before?: (mine: readonly ReceivedMessage[]) => Promise<void>;
    } = {},
  ) {
    const received: ReceivedMessage[] = [];
    const subscription = (options.bus ?? bus).subscribe({
      topic: set.topic.name,
      group: options.group ?? run,
      member: options.member ?? randomUUID(),
      maxBatch: 20,
      handle: async messages => {
        const mine = messages.filter(({ headers }) => headers['run'] === run);
        await options.before?.(mine);
        received.push(...mine);
      },
    });
    return { received, subscription };
  }

  function expectOrder(received: readonly ReceivedMessage[]) {
    for (const key of new Set(received.map(message => message.key))) {
      const numbers = received
        .filter(message => message.key === key)
        .map(({ value }) => Number(value.toString()));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  }

  const hundred = (run: string) =>
    Array.from({ length: 100 }, (_, index) =>
      message(`${run} ${index % 7}`, String(index)),
    );
  const textsOf = (received: readonly ReceivedMessage[]) =>
    new Set(received.map(({ value }) => value.toString()));

  it('hands over all messages, in order for each key', async () => {
    const run = randomUUID();
    await bus.publish(hundred(run));
    const { received, subscription } = collect(run);
    await waitFor('hundred messages', () => received.length >= 100);
    await subscription.close();
    expect(received).toHaveLength(100);
    expectOrder(received);
  });

  it('keeps bytes, keys and headers as they are', async () => {
    const run = randomUUID();
    const value = Buffer.from([0, 255, 10, 0, 128]);
    await bus.publish([{ ...message(`${run} ü`, ''), value }]);
    const { received, subscription } = collect(run);
    const found = await waitFor('message', () => received[0]);
    await subscription.close();
    expect(found.value.equals(value)).toBe(true);
    expect(found.key).toBe(`${run} ü`);
    expect(found.headers).toEqual({ run });
  });

  it('hands messages over again if they were not processed', async () => {
    const run = randomUUID();
    await bus.publish(hundred(run));
    let failures = 0;
    const { received, subscription } = collect(run, {
      before: async mine => {
        await Promise.resolve();
        if (mine.length > 0 && failures < 2) {
          failures += 1;
          throw new Error('not yet');
        }
      },
    });
    await waitFor('hundred messages', () => textsOf(received).size === 100);
    await subscription.close();
    expect(failures).toBe(2);
    expectOrder(received);
  });

  it('continues after what the group has processed', async () => {
    const run = randomUUID();
    await bus.publish([message(run, '1')]);
    const first = collect(run);
    await waitFor('first message', () => first.received[0]);
    await first.subscription.close();
    await bus.publish([message(run, '2')]);
    const second = collect(run);
    await waitFor('second message', () => second.received[0]);
    await second.subscription.close();
    expect(textsOf(second.received)).toEqual(new Set(['2']));
  });

  it('shares the partitions, and survives a member that leaves', async () => {
    const run = randomUUID();
    const other = await set.open();
    const first = collect(run, { member: 'a' });
    const second = collect(run, { bus: other, group: run, member: 'b' });
    const publish = async (from: number) => {
      for (let index = from; index < from + 50; index += 1) {
        await bus.publish([message(`${run} ${index % 7}`, String(index))]);
      }
    };
    await publish(0);
    await waitFor(
      'fifty',
      () => textsOf([...first.received, ...second.received]).size === 50,
    );
    const leaving = first.subscription.close();
    await publish(50);
    await leaving;
    await waitFor(
      'hundred',
      () => textsOf([...first.received, ...second.received]).size === 100,
    );
    await second.subscription.close();
    expectOrder(second.received);
  });

  it('counts what a group has not processed', async () => {
    const run = randomUUID();
    const { received, subscription } = collect(run);
    await bus.publish([message(run, '1')]);
    await waitFor('message', () => received[0]);
    await waitFor('no lag', async () => {
      return (await bus.lag({ topic: set.topic.name, group: run })) === 0;
    });
    await subscription.close();
    await bus.publish(hundred(run));
    const lag = await bus.lag({ topic: set.topic.name, group: run });
    expect(lag).toBe(100);
  });

  it('creates topics that exist already without complaint', async () => {
    await bus.createTopics([set.topic]);
    await bus.check();
  });
}

import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import type { ServiceDatabase } from '../../storage/ServiceDatabase.js';
import { PeriodicTask } from '../../tasks/PeriodicTask.js';
import { Backoff } from '../Backoff.js';
import type {
  ReceivedMessage,
  Subscription,
  SubscriptionOptions,
} from '../EventBus.js';
import { WakeUp } from '../WakeUp.js';
import { Membership } from './Membership.js';
import type { NotificationChannel } from './NotificationChannel.js';
import { busChannel } from './PostgresEventBus.js';

const renewPeriodMs = 2_000;
/** A lost notification delays a message by this much at most. */
const pollPeriodMs = 1_000;
/** Each partition may fill this part of a batch, so that a busy one does not delay the others. */
const busyPartitions = 4;

interface Options extends SubscriptionOptions {
  readonly database: ServiceDatabase;
  readonly channel: NotificationChannel;
  readonly logger: FastifyBaseLogger;
  readonly partitions: number;
}

/** Reads the partitions that this member owns, batch after batch. */
export class PostgresSubscription implements Subscription {
  readonly #options: Options;
  readonly #membership: Membership;
  readonly #renewal: PeriodicTask;
  readonly #wakeUp = new WakeUp();
  readonly #backoff = new Backoff({ firstMs: 100, longestMs: 5_000 });
  readonly #stopListening: () => void;
  readonly #running: Promise<void>;
  #closed = false;

  constructor(options: Options) {
    this.#options = options;
    this.#membership = new Membership(options);
    this.#renewal = new PeriodicTask({
      name: `renew the leases of ${options.group}`,
      periodMs: renewPeriodMs,
      logger: options.logger,
      run: () => this.#renew(),
    });
    this.#stopListening = options.channel.listen(busChannel, {
      onMessage: topic => {
        if (topic === options.topic) this.#wakeUp.call();
      },
    });
    this.#renewal.start();
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wakeUp.call();
    this.#stopListening();
    await this.#renewal.stop();
    await this.#running;
    await this.#membership.leave().catch((error: unknown) => {
      // The leases end by themselves.
      this.#options.logger.debug({ err: error }, 'could not leave the group');
    });
  }

  async #renew(): Promise<void> {
    await this.#membership.renew();
    this.#wakeUp.call();
  }

  async #run(): Promise<void> {
    await this.#renew().catch(() => undefined);
    while (!this.#isClosed()) {
      try {
        const messages = await this.#readNext();
        if (messages.length === 0) {
          await this.#wakeUp.wait(pollPeriodMs);
          continue;
        }
        await this.#options.handle(messages);
        await this.#commit(messages);
        this.#backoff.succeed();
      } catch (error) {
        await this.#pauseAfter(error);
      }
    }
  }

  /** A method, because the compiler does not expect another one to change the field meanwhile. */
  #isClosed(): boolean {
    return this.#closed;
  }

  async #pauseAfter(error: unknown): Promise<void> {
    const pauseMs = this.#backoff.failMs();
    const { logger, topic } = this.#options;
    logger.warn(
      { err: error, topic, pauseMs },
      'a batch failed; it is retried',
    );
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }

  async #readNext(): Promise<ReceivedMessage[]> {
    const { database, group, topic, member, maxBatch } = this.#options;
    const { rows } = await database.queries.execute<
      Record<string, unknown> &
        Omit<ReceivedMessage, 'offset' | 'publishedAt'> & {
          offset: string;
          publishedAtMs: number;
        }
    >(sql`
      SELECT m.topic, m.partition, m."offset", m.key, m.value, m.headers,
        extract(epoch FROM m.created_at)::float8 * 1000 AS "publishedAtMs"
      FROM bus_offsets o
      CROSS JOIN LATERAL (
        SELECT * FROM bus_messages m
        WHERE m.topic = o.topic AND m.partition = o.partition AND m."offset" >= o.next_offset
        ORDER BY m."offset" LIMIT ${Math.ceil(maxBatch / busyPartitions)}
      ) m
      WHERE o.group_name = ${group} AND o.topic = ${topic} AND o.owner = ${member}
        AND o.leased_until > now()
      ORDER BY m.partition, m."offset"`);
    return rows.map(({ publishedAtMs, ...row }) => ({
      ...row,
      offset: Number(row.offset),
      publishedAt: new Date(publishedAtMs),
    }));
  }

  /** Only for partitions that this member still owns: after a rebalance, the new owner's position counts. */
  async #commit(messages: readonly ReceivedMessage[]): Promise<void> {
    const { database, group, topic, member } = this.#options;
    const next = new Map(
      messages.map(({ partition, offset }) => [partition, offset + 1]),
    );
    await database.queries.execute(sql`
      UPDATE bus_offsets SET next_offset = processed.next_offset
      FROM unnest(${sql.param([...next.keys()])}::int[], ${sql.param([...next.values()])}::bigint[])
        AS processed (partition, next_offset)
      WHERE group_name = ${group} AND topic = ${topic} AND owner = ${member}
        AND bus_offsets.partition = processed.partition`);
  }
}

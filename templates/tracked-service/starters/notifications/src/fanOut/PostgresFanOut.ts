import { sql } from 'drizzle-orm';
import type { NotificationChannel } from '../bus/postgres/NotificationChannel.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { FanOut, FanOutListener } from './FanOut.js';

const fanOutChannel = 'fan_out';
/** PostgreSQL limits a notification to 8,000 bytes. */
const usersPerNotification = 150;

/** The embedded fan-out: NOTIFY and LISTEN. */
export class PostgresFanOut implements FanOut {
  readonly kind = 'postgresql';
  readonly #database: ServiceDatabase;
  readonly #channel: NotificationChannel;

  constructor(options: {
    database: ServiceDatabase;
    channel: NotificationChannel;
  }) {
    this.#database = options.database;
    this.#channel = options.channel;
  }

  async publish(userIds: readonly string[]): Promise<void> {
    for (let start = 0; start < userIds.length; start += usersPerNotification) {
      const payload = userIds
        .slice(start, start + usersPerNotification)
        .join(' ');
      await this.#database.queries.execute(
        sql`SELECT pg_notify(${fanOutChannel}, ${payload})`,
      );
    }
  }

  subscribe(listener: FanOutListener): () => void {
    return this.#channel.listen(fanOutChannel, {
      onMessage: payload => listener.onUsers(payload.split(' ')),
      onReconnect: () => listener.onGap(),
    });
  }

  /** The channel belongs to the caller. */
  async close(): Promise<void> {
    await Promise.resolve();
  }
}

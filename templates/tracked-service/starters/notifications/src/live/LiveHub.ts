import { metrics } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import type { FanOut } from '../fanOut/FanOut.js';
import { Feed } from './Feed.js';
import type { LiveReader } from './LiveReader.js';
import { SlowClientError } from './SlowClientError.js';
import type {
  ClosingReason,
  LiveConnection,
  LiveSubscription,
} from './types.js';

const openSockets = metrics
  .getMeter('notifications')
  .createUpDownCounter('sockets.open', {
    description: 'Open sockets and streams of this instance, by transport',
  });

export interface LiveHubOptions {
  readonly reader: LiveReader;
  readonly fanOut: FanOut;
  readonly logger: FastifyBaseLogger;
  stillSignedIn(sessionIds: readonly string[]): Promise<Set<string>>;
}

/** The open sockets and streams of this instance. */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #feeds = new Map<string, Set<Feed>>();
  readonly #unsubscribe: () => void;
  #draining = false;

  constructor(options: LiveHubOptions) {
    this.#options = options;
    this.#unsubscribe = options.fanOut.subscribe({
      onUsers: userIds => this.#wake(userIds),
      onGap: () => this.#wake([...this.#feeds.keys()]),
    });
  }

  count(transport: LiveConnection['transport']): number {
    return this.#all().filter(
      ({ subscription }) => subscription.connection.transport === transport,
    ).length;
  }

  /** @returns removes it, when the client has gone. */
  add(subscription: LiveSubscription): () => void {
    const { userId, connection } = subscription;
    const feed = new Feed(subscription, this.#options.reader);
    const feeds = this.#feeds.get(userId) ?? new Set();
    this.#feeds.set(userId, feeds.add(feed));
    openSockets.add(1, { transport: connection.transport });
    if (this.#draining) this.#close(feed, 'draining');
    else void this.#serve(feed);
    return () => this.#remove(feed);
  }

  /** Finds events whose wake-up call was lost, and disconnects those who have signed out. */
  async check(): Promise<void> {
    const feeds = this.#all();
    const { reader } = this.#options;
    const signedIn = await this.#options.stillSignedIn(
      feeds.map(({ subscription }) => subscription.sessionId),
    );
    const last = await reader.lastEventIds([...this.#feeds.keys()]);
    for (const feed of feeds) {
      const { sessionId, userId } = feed.subscription;
      if (!signedIn.has(sessionId)) this.#close(feed, 'signed out');
      else if (feed.lastEventId < (last.get(userId) ?? 0)) {
        void this.#serve(feed);
      }
    }
  }

  startDraining(): void {
    this.#draining = true;
    for (const feed of this.#all()) this.#close(feed, 'draining');
  }

  close(): void {
    this.#unsubscribe();
  }

  #all(): Feed[] {
    return [...this.#feeds.values()].flatMap(feeds => [...feeds]);
  }

  #wake(userIds: readonly string[]): void {
    for (const userId of userIds) {
      for (const feed of this.#feeds.get(userId) ?? []) void this.#serve(feed);
    }
  }

  async #serve(feed: Feed): Promise<void> {
    try {
      await feed.wake();
    } catch (error) {
      if (error instanceof SlowClientError) {
        this.#close(feed, 'too slow');
        return;
      }
      // The next check tries again.
      this.#options.logger.warn({ err: error }, 'events could not be sent');
    }
  }

  /** Forgets it at once: a client that does not respond may take long to disappear. */
  #close(feed: Feed, reason: ClosingReason): void {
    this.#remove(feed);
    feed.subscription.connection.close(reason);
  }

  #remove(feed: Feed): void {
    const { userId, connection } = feed.subscription;
    const feeds = this.#feeds.get(userId);
    if (!feeds?.delete(feed)) return;
    feed.close();
    openSockets.add(-1, { transport: connection.transport });
    if (feeds.size === 0) this.#feeds.delete(userId);
  }
}

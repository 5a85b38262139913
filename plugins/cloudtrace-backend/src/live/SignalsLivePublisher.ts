import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  LiveDataKind,
  LivePing,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { LivePublisher } from './types';

/** Minimum time between two signals of one entity. */
const INTERVAL_MS = 2_000;

/** Channel for changes of any entity's data. */
export const ANY_ENTITY_CHANNEL = 'cloudtrace:any';

/**
 * The channel of an entity. Signals have no permission check, so neither the
 * channel nor the message may reveal the entity: pages get the channel's name
 * from the API, behind the permission check.
 */
export function channelOfEntity(entityRef: string, key = ''): string {
  const digest = createHash('sha256')
    .update(`cloudtrace-channel:${key}:${entityRef}`)
    .digest('hex');
  return `cloudtrace:${digest.slice(0, 24)}`;
}

/** Notifies open pages through Backstage's signals. */
export class SignalsLivePublisher implements LivePublisher {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #channelKey: string;
  /** Channels that got a signal within the interval, each with the kinds that changed since. */
  readonly #recent = new Map<string, Set<LiveDataKind>>();

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    channelKey?: string;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#channelKey = options.channelKey ?? '';
  }

  entityChanged(entityRef: string, kind: LiveDataKind): void {
    this.#announce(channelOfEntity(entityRef, this.#channelKey), kind);
    this.#announce(ANY_ENTITY_CHANNEL, kind);
  }

  #announce(channel: string, kind: LiveDataKind) {
    const waiting = this.#recent.get(channel);
    if (waiting) {
      waiting.add(kind);
      return;
    }
    this.#ping(channel, [kind]);
  }

  #ping(channel: string, changed: LiveDataKind[]) {
    const since = new Set<LiveDataKind>();
    this.#recent.set(channel, since);
    setTimeout(() => {
      this.#recent.delete(channel);
      if (since.size > 0) this.#ping(channel, [...since]);
    }, INTERVAL_MS).unref();

    const message: LivePing = { changed };
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel,
        message: { ...message },
      })
      .catch(error =>
        this.#logger.debug('Could not notify open pages of a change', error),
      );
  }
}

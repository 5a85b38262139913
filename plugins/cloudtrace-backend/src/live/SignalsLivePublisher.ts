import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { LivePublisher } from './types';

/** Least time between two pings of one entity. */
const intervalMs = 2_000;

/** Channel that is pinged when data of any entity changed. */
export const anyEntityChannel = 'cloudtrace:any';

/**
 * The channel of an entity. Signals have no permission check, so that neither
 * the channel nor the message may say anything: pages get the channel's name
 * from the API, behind the permission check.
 */
export function channelOfEntity(entityRef: string, key = ''): string {
  const digest = createHash('sha256')
    .update(`cloudtrace-channel:${key}:${entityRef}`)
    .digest('hex');
  return `cloudtrace:${digest.slice(0, 24)}`;
}

/** Pings open pages through Backstage's signals. */
export class SignalsLivePublisher implements LivePublisher {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #channelKey: string;
  /** Channels pinged within the interval; true if one more ping is due at its end. */
  readonly #recent = new Map<string, boolean>();

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    channelKey?: string;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#channelKey = options.channelKey ?? '';
  }

  entityChanged(entityRef: string): void {
    this.#ping(channelOfEntity(entityRef, this.#channelKey));
    this.#ping(anyEntityChannel);
  }

  #ping(channel: string) {
    if (this.#recent.has(channel)) {
      this.#recent.set(channel, true);
      return;
    }
    this.#recent.set(channel, false);
    setTimeout(() => {
      const again = this.#recent.get(channel);
      this.#recent.delete(channel);
      if (again) this.#ping(channel);
    }, intervalMs).unref();

    this.#signals
      .publish({ recipients: { type: 'broadcast' }, channel, message: {} })
      .catch(error =>
        this.#logger.debug('Could not tell open pages about a change', error),
      );
  }
}

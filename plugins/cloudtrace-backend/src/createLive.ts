import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { TokensConfig } from './tokens/config';
import {
  channelOfEntity,
  SignalsLivePublisher,
} from './live/SignalsLivePublisher';
import type { LivePublisher } from './live/types';

/** Publishes signals, and names their channels. */
export interface Live {
  publisher: LivePublisher;
  /** Channel of an entity; give it only to callers who may see the entity. */
  channelOf(entityRef: string): string;
}

/** Creates signals to open pages. With a pepper, channels cannot be guessed from entity names. */
export function createLive(options: {
  signals: SignalsService;
  logger: LoggerService;
  config: TokensConfig;
}): Live {
  const { signals, logger, config } = options;
  const channelKey = config.pepper ?? '';
  return {
    publisher: new SignalsLivePublisher({ signals, logger, channelKey }),
    channelOf: entityRef => channelOfEntity(entityRef, channelKey),
  };
}

import type { Knex } from 'knex';
import type { CloudtraceConfig } from '../config';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { Live } from '../live/createLive';
import type { EntityAccess } from '../permissions/EntityAccess';
import { AuthorizedRequestService } from './AuthorizedRequestService';
import { DefaultRequestService } from './DefaultRequestService';
import type { RequestService } from './RequestService';
import type { RequestStore } from './types';

/** Sets up the questions about requests. */
export function createRequests(options: {
  knex: Knex;
  store: RequestStore;
  access: EntityAccess;
  environments: EnvironmentResolver;
  config: Pick<CloudtraceConfig, 'tracing' | 'retention'>;
  live: Live;
}): RequestService {
  const { knex, store, access, environments, config, live } = options;
  return new AuthorizedRequestService(
    new DefaultRequestService({
      knex,
      store,
      environments,
      liveChannel: live.channelOf,
      tracingUrlTemplates: config.tracing.urlTemplates,
      rawRetentionMs: config.retention.rawMs,
    }),
    access,
  );
}

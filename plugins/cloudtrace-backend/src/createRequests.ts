import type { Knex } from 'knex';
import type { CloudtraceConfig } from './readCloudtraceConfig';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import type { Live } from './createLive';
import type { EntityAccess } from './permissions/EntityAccess';
import { AuthorizedRequestService } from './requests/AuthorizedRequestService';
import { DefaultRequestService } from './requests/DefaultRequestService';
import type { RequestService } from './requests/RequestService';
import type { RequestStore } from './requests/types';

/** Creates the queries for requests. */
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

import type { Knex } from 'knex';
import { ArchivedRequestService } from './archive/ArchivedRequestService';
import type { Archive } from './createArchive';
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
  archive: Archive;
}): RequestService {
  const { knex, store, access, environments, config, live, archive } = options;
  const tracingUrlTemplates = config.tracing.urlTemplates;
  const inner = new DefaultRequestService({
    knex,
    store,
    environments,
    liveChannel: live.channelOf,
    tracingUrlTemplates,
    rawRetentionMs: config.retention.rawMs,
  });
  const { reader } = archive;
  return new AuthorizedRequestService(
    reader
      ? new ArchivedRequestService({
          inner,
          reader,
          store,
          environments,
          tracingUrlTemplates,
        })
      : inner,
    access,
  );
}

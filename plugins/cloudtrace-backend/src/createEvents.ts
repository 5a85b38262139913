import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { LivePublisher } from './live/types';
import { createEventsRouter } from './events/http/createEventsRouter';
import type { RequestValidator } from './schema/RequestValidator';
import type { UploadAuthenticator } from './tokens/uploads/types';
import { ReportedEvents, type EnvironmentScope } from './events/ReportedEvents';

/** Creates the route that accepts events from pipelines and clouds. */
export function createEvents(options: {
  knex: Knex;
  live: LivePublisher;
  validator: RequestValidator;
  uploads: UploadAuthenticator;
  logger: LoggerService;
  /** A finished deploy may change the classification of failures during it. */
  onDeploy?: (scope: EnvironmentScope) => Promise<void>;
}): Router {
  return createEventsRouter({
    ...options,
    events: new ReportedEvents(options),
  });
}

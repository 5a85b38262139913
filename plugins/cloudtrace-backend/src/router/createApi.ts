import type {
  AuditorService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { createDiagnostics } from '../diagnostics/createDiagnostics';
import type { DiagnosticsReporter } from '../diagnostics/types';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { FleetService } from '../fleet/FleetService';
import { anyEntityChannel } from '../live/SignalsLivePublisher';
import type { FindingCounter } from '../overview/FindingCounter';
import { FleetPageService } from '../overview/FleetPageService';
import { ServiceJudge } from '../overview/ServiceJudge';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { RequestService } from '../requests/RequestService';
import type { RequestStore } from '../requests/types';
import type { RequestValidator } from '../schema/RequestValidator';
import { createTimeline } from '../timeline/createTimeline';
import type { TimelineSource } from '../timeline/types';
import type { TokenRules } from '../tokens/TokenRules';
import type { TokenService } from '../tokens/types';
import { createRouter, type AddRoute } from './createRouter';
import { diagnosticsRoutes } from './routes/diagnostics';
import { fleetRoutes } from './routes/fleet';
import { fleetPageRoutes } from './routes/fleetPage';
import { requestRoutes } from './routes/requests';
import { timelineRoutes } from './routes/timeline';
import { tokenRoutes } from './routes/tokens';

/**
 * Sets up everything that takes Backstage credentials: the services of the
 * areas, and the views that join several of them.
 */
export function createApi(options: {
  auditor: AuditorService;
  catalog: CatalogService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  knex: Knex;
  access: EntityAccess;
  environments: EnvironmentResolver;
  store: RequestStore;
  validator: RequestValidator;
  requests: RequestService;
  fleet: FleetService;
  tokens: TokenService;
  tokenRules: TokenRules;
  /** What areas add to the joined views. */
  timelineSources?: TimelineSource[];
  reporters: DiagnosticsReporter[];
  findings?: FindingCounter;
  /** Routes of further areas. */
  areas?: Array<(add: AddRoute) => void>;
}): Router {
  const judge = new ServiceJudge(options);
  const timeline = createTimeline({
    ...options,
    judge,
    sources: options.timelineSources ?? [],
  });
  const fleetPage = new FleetPageService({
    ...options,
    judge,
    liveChannel: anyEntityChannel,
  });
  const diagnostics = createDiagnostics(options);
  return createRouter({
    ...options,
    areas: [
      requestRoutes(options.requests),
      fleetRoutes(options.fleet),
      fleetPageRoutes(fleetPage),
      timelineRoutes(timeline),
      tokenRoutes(options.tokens),
      diagnosticsRoutes(diagnostics),
      ...(options.areas ?? []),
    ],
  });
}

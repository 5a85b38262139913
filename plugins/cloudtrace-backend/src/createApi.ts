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
import { createDiagnostics } from './createDiagnostics';
import type { DiagnosticsReporter } from './diagnostics/types';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import { failoverRoutes } from './failover/http/failoverRoutes';
import type { FailoverService } from './failover/FailoverService';
import type { FleetFreshness } from './fleet/FleetFreshness';
import type { FleetStateService } from './fleet/FleetStateService';
import { ANY_ENTITY_CHANNEL } from './live/SignalsLivePublisher';
import type { RecentRequestCounter } from './rollups/recent/RecentRequestCounter';
import type { FindingCounter } from './scans/FindingCounter';
import { AuthorizedFleetPageService } from './overview/AuthorizedFleetPageService';
import { AuthorizedOverviewService } from './overview/AuthorizedOverviewService';
import { DefaultOverviewService } from './overview/DefaultOverviewService';
import { DefaultFleetPageService } from './overview/DefaultFleetPageService';
import { ServiceJudge } from './overview/ServiceJudge';
import type { EntityAccess } from './permissions/EntityAccess';
import type { RequestService } from './requests/RequestService';
import type { RequestStore } from './requests/types';
import type { RequestValidator } from './schema/RequestValidator';
import { createTimeline } from './createTimeline';
import type { TimelineSource } from './timeline/types';
import type { TokenService } from './tokens/types';
import { ApiOperations, type AddRoute } from './http/ApiOperations';
import { createRouter } from './http/createRouter';
import { diagnosticsRoutes } from './diagnostics/http/diagnosticsRoutes';
import { fleetRoutes } from './fleet/http/fleetRoutes';
import { overviewRoutes } from './overview/http/overviewRoutes';
import { fleetPageRoutes } from './overview/http/fleetPageRoutes';
import { requestRoutes } from './requests/http/requestsRoutes';
import { timelineRoutes } from './timeline/http/timelineRoutes';
import { AuthorizedPlatformService } from './platform/AuthorizedPlatformService';
import { platformRoutes } from './platform/http/platformRoutes';
import type { PlatformService } from './platform/PlatformService';
import { tokenRoutes } from './tokens/http/tokensRoutes';

/**
 * Creates everything that accepts Backstage credentials: the services of the
 * areas, and the views that combine several of them.
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
  fleet: FleetStateService;
  freshness: FleetFreshness;
  failovers: FailoverService;
  tokens: TokenService;
  /** Absent while platform tokens are off. */
  platform?: PlatformService;
  /** Contributions of areas to the combined views. */
  timelineSources?: TimelineSource[];
  reporters: DiagnosticsReporter[];
  findings?: FindingCounter;
  /** Counts recent requests; by default for one server that stores all entities. */
  recent?: RecentRequestCounter;
  /** Routes of other areas. */
  areas?: Array<(add: AddRoute) => void>;
}): { router: Router; operations: ApiOperations } {
  const judge = new ServiceJudge(options);
  const timeline = createTimeline({
    ...options,
    sources: options.timelineSources ?? [],
  });
  const overview = new AuthorizedOverviewService(
    new DefaultOverviewService({
      ...options,
      judge,
      sources: timeline.sources,
    }),
    options.access,
  );
  const fleetPage = new AuthorizedFleetPageService(
    new DefaultFleetPageService({
      ...options,
      judge,
      liveChannel: ANY_ENTITY_CHANNEL,
    }),
    options.access,
  );
  const diagnostics = createDiagnostics(options);
  const operations = new ApiOperations({
    ...options,
    areas: [
      requestRoutes(options.requests),
      fleetRoutes(options.fleet),
      failoverRoutes(options.failovers),
      fleetPageRoutes(fleetPage),
      timelineRoutes(timeline.service),
      overviewRoutes(overview),
      tokenRoutes(options.tokens),
      platformRoutes(
        new AuthorizedPlatformService(options.platform, options.permissions),
      ),
      diagnosticsRoutes(diagnostics),
      ...(options.areas ?? []),
    ],
  });
  return { router: createRouter({ ...options, operations }), operations };
}

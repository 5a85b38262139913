import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { cloudtracePermissions } from '@cloudtrace/plugin-cloudtrace-common';
import { fleetProvidersExtensionPoint } from '@cloudtrace/plugin-cloudtrace-node';
import { readCloudtraceConfig } from './config';
import { applyDatabaseMigrations, assertPostgres } from './database/migrations';
import { createDiagnostics } from './diagnostics/createDiagnostics';
import { RequestsReporter } from './diagnostics/RequestsReporter';
import { EnvironmentResolver } from './environments/EnvironmentResolver';
import { fleetEnvironments } from './environments/fleetEnvironments';
import { requestEnvironments } from './environments/requestEnvironments';
import { createFleet } from './fleet/createFleet';
import { FleetProviderRegistry } from './fleet/FleetProviderRegistry';
import { createIngest } from './ingest/createIngest';
import { createLive } from './live/createLive';
import { anyEntityChannel } from './live/SignalsLivePublisher';
import { EntityAccess } from './permissions/EntityAccess';
import { FleetPageService } from './overview/FleetPageService';
import { createRequests } from './requests/createRequests';
import { DatabaseRequestStore } from './requests/DatabaseRequestStore';
import { createRouter } from './router/createRouter';
import { OTLP_TRACES_PATH } from './ingest/http/createOtlpRouter';
import { diagnosticsRoutes } from './router/routes/diagnostics';
import { EVENTS_PATH } from './router/routes/events';
import { fleetPageRoutes } from './router/routes/fleetPage';
import { fleetRoutes } from './router/routes/fleet';
import { requestRoutes } from './router/routes/requests';
import { timelineRoutes } from './router/routes/timeline';
import { tokenRoutes } from './router/routes/tokens';
import { RequestValidator } from './schema/RequestValidator';
import { createEvents } from './timeline/createEvents';
import { createTimeline } from './timeline/createTimeline';
import { createTokens } from './tokens/createTokens';

/**
 * The CloudTrace backend plugin.
 *
 * @public
 */
export const cloudtracePlugin = createBackendPlugin({
  pluginId: 'cloudtrace',
  register(env) {
    const fleetProviders = new FleetProviderRegistry();
    env.registerExtensionPoint(fleetProvidersExtensionPoint, fleetProviders);

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { logger, lifecycle, httpRouter } = deps;
        deps.permissionsRegistry.addPermissions(cloudtracePermissions);
        const config = readCloudtraceConfig(deps.rootConfig);

        const knex = await deps.database.getClient();
        assertPostgres(knex);
        if (!deps.database.migrations?.skip) {
          await applyDatabaseMigrations(knex);
        }

        const access = new EntityAccess(deps);
        const live = createLive({ ...deps, config: config.tokens });
        const tokens = createTokens({
          knex,
          config: config.tokens,
          access,
          logger,
          lifecycle,
        });
        const ingest = await createIngest({
          ...deps,
          config: config.ingest,
          retention: config.retention,
          knex,
          tokens: tokens.verifier,
          onStored: refs =>
            refs.forEach(ref => live.publisher.entityChanged(ref)),
        });
        httpRouter.use(ingest.router);
        httpRouter.addAuthPolicy({
          path: OTLP_TRACES_PATH,
          allow: 'unauthenticated',
        });

        const store = new DatabaseRequestStore({
          knex,
          retention: config.retention,
        });
        const environments = new EnvironmentResolver({
          access,
          sources: [requestEnvironments(store), fleetEnvironments(knex)],
        });

        const requests = createRequests({
          knex,
          store,
          access,
          environments,
          config,
          live,
        });
        const fleet = await createFleet({
          ...deps,
          knex,
          config: config.fleet,
          providers: fleetProviders.list(),
          store,
          access,
          environments,
          live: live.publisher,
        });
        const timeline = createTimeline({
          knex,
          access,
          environments,
          requests,
          fleet: fleet.service,
          sources: [],
        });
        const validator = new RequestValidator();
        httpRouter.use(
          createEvents({
            knex,
            live: live.publisher,
            validator,
            tokens: tokens.verifier,
            logger,
          }),
        );
        httpRouter.addAuthPolicy({
          path: EVENTS_PATH,
          allow: 'unauthenticated',
        });
        const fleetPage = new FleetPageService({
          ...deps,
          knex,
          store,
          liveChannel: anyEntityChannel,
        });
        const diagnostics = createDiagnostics({
          ...deps,
          access,
          environments,
          reporters: [
            new RequestsReporter({ knex, store, ...ingest }),
            fleet.reporter,
          ],
        });

        httpRouter.use(
          createRouter({
            ...deps,
            validator,
            areas: [
              requestRoutes(requests),
              fleetRoutes(fleet.service),
              fleetPageRoutes(fleetPage),
              timelineRoutes(timeline),
              tokenRoutes(tokens.service),
              diagnosticsRoutes(diagnostics),
            ],
          }),
        );
      },
    });
  },
});

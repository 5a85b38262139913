import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { cloudtracePermissions } from '@cloudtrace/plugin-cloudtrace-common';
import {
  fleetProvidersExtensionPoint,
  scanImportersExtensionPoint,
  scanSourcesExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';
import { readCloudtraceConfig } from './readCloudtraceConfig';
import { openDatabase } from './database/openDatabase';
import { RequestsReporter } from './ingest/RequestsReporter';
import { EnvironmentResolver } from './environments/EnvironmentResolver';
import { fleetEnvironments } from './fleet/fleetEnvironments';
import { requestEnvironments } from './requests/requestEnvironments';
import { EventsReporter } from './events/EventsReporter';
import { createFleet } from './createFleet';
import { FleetProviderRegistry } from './fleet/FleetProviderRegistry';
import { createIngest } from './createIngest';
import { createLive } from './createLive';
import { EntityAccess } from './permissions/EntityAccess';
import { createRequests } from './createRequests';
import { DatabaseRequestStore } from './requests/DatabaseRequestStore';
import { createEvents } from './createEvents';
import { createApi } from './createApi';
import { OTLP_TRACES_PATH } from './ingest/http/createOtlpRouter';
import { EVENTS_PATH } from './events/http/createEventsRouter';
import { scanRoutes } from './scans/http/scansRoutes';
import { createScans } from './createScans';
import { ScanImporterRegistry } from './scans/ScanImporterRegistry';
import { ScanSourceRegistry } from './scans/ScanSourceRegistry';
import { SCANS_PATH } from './scans/http/createScansRouter';
import { RequestValidator } from './schema/RequestValidator';
import { createTokens } from './createTokens';

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

    const scanImporters = new ScanImporterRegistry();
    env.registerExtensionPoint(scanImportersExtensionPoint, scanImporters);

    const scanSources = new ScanSourceRegistry();
    env.registerExtensionPoint(scanSourcesExtensionPoint, scanSources);

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
        const { logger, httpRouter } = deps;
        deps.permissionsRegistry.addPermissions(cloudtracePermissions);
        const config = readCloudtraceConfig(deps.rootConfig);

        const knex = await openDatabase(deps.database);
        const access = new EntityAccess(deps);
        const live = createLive({ ...deps, config: config.tokens });
        const store = new DatabaseRequestStore({
          knex,
          retention: config.retention,
        });
        const environments = new EnvironmentResolver({
          access,
          sources: [requestEnvironments(store), fleetEnvironments(knex)],
        });

        const tokens = createTokens({
          ...deps,
          knex,
          config: config.tokens,
          access,
          environments,
        });
        const ingest = await createIngest({
          ...deps,
          config: config.ingest,
          retention: config.retention,
          knex,
          tokens: tokens.verifier,
          onStored: refs =>
            refs.forEach(ref => live.publisher.entityChanged(ref, 'requests')),
        });
        httpRouter.use(ingest.router);
        httpRouter.addAuthPolicy({
          path: OTLP_TRACES_PATH,
          allow: 'unauthenticated',
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
          notificationsConfig: config.notifications,
          providers: fleetProviders.list(),
          store,
          access,
          environments,
          live: live.publisher,
        });
        const validator = new RequestValidator();
        httpRouter.use(
          createEvents({
            knex,
            live: live.publisher,
            validator,
            uploads: tokens.uploads,
            logger,
            onDeploy: fleet.checkFailovers,
          }),
        );
        httpRouter.addAuthPolicy({
          path: EVENTS_PATH,
          allow: 'unauthenticated',
        });
        const scans = await createScans({
          ...deps,
          config: config.scans,
          knex,
          access,
          live: live.publisher,
          uploads: tokens.uploads,
          tokenRules: tokens.rules,
          validator,
          importers: scanImporters,
          sources: scanSources,
          notificationsConfig: config.notifications,
        });
        httpRouter.use(scans.router);
        httpRouter.addAuthPolicy({
          path: SCANS_PATH,
          allow: 'unauthenticated',
        });
        for (const { path, router } of scans.sources.webhooks) {
          httpRouter.use(router);
          httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        httpRouter.use(
          createApi({
            ...deps,
            knex,
            access,
            environments,
            store,
            validator,
            requests,
            fleet: fleet.service,
            failovers: fleet.failovers,
            tokens: tokens.service,
            findings: scans.counter,
            timelineSources: [scans.timelineSource],
            areas: [scanRoutes(scans.service, scans.rollup)],
            reporters: [
              new RequestsReporter({
                knex,
                store,
                tokenRules: tokens.rules,
                ...ingest,
              }),
              fleet.reporter,
              new EventsReporter({ knex, tokenRules: tokens.rules }),
              scans.reporter,
              ...scans.sources.reporters,
            ],
          }),
        );
      },
    });
  },
});

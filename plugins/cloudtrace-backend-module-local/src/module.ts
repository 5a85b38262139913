import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { fleetProvidersExtensionPoint } from '@cloudtrace/plugin-cloudtrace-node';
import { readLocalConfig } from './config';
import { FleetClient } from './protocol/FleetClient';
import { LocalFleetProvider } from './provider/LocalFleetProvider';
import { createRouter } from './router/createRouter';
import { AuthorizedLocalServices } from './services/AuthorizedLocalServices';
import { DefaultLocalServices } from './services/DefaultLocalServices';

/**
 * Adds the local fleet of a development portal to the CloudTrace backend: its
 * fleet provider and the route that starts services on it. Does nothing unless
 * `cloudtrace.local.enabled` is true.
 *
 * @public
 */
export const cloudtraceModuleLocal = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'local',
  register(env) {
    env.registerInit({
      deps: {
        fleetProviders: fleetProvidersExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        permissions: coreServices.permissions,
        catalog: catalogServiceRef,
      },
      async init(deps) {
        const local = readLocalConfig(deps.config);
        if (!local) return;
        deps.logger.info(
          `The local fleet is enabled; its folder is ${local.directory}`,
        );
        const stopped = new AbortController();
        deps.lifecycle.addShutdownHook(() => stopped.abort());
        const client = new FleetClient(local.directory);
        deps.fleetProviders.addProvider(
          new LocalFleetProvider({
            client,
            directory: local.directory,
            stopped: stopped.signal,
          }),
        );
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            services: new AuthorizedLocalServices({
              catalog: deps.catalog,
              permissions: deps.permissions,
              inner: new DefaultLocalServices({
                client,
                auth: deps.auth,
                discovery: deps.discovery,
                repositories: local.repositories,
              }),
            }),
          }),
        );
      },
    });
  },
});

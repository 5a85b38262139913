import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { cloudtracePermissions } from '@cloudtrace/plugin-cloudtrace-common';
import {
  fleetProvidersExtensionPoint,
  type FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';

/**
 * The CloudTrace backend plugin.
 *
 * @public
 */
export const cloudtracePlugin = createBackendPlugin({
  pluginId: 'cloudtrace',
  register(env) {
    const fleetProviders = new Map<string, FleetProvider>();
    env.registerExtensionPoint(fleetProvidersExtensionPoint, {
      addProvider(provider) {
        if (fleetProviders.has(provider.id)) {
          throw new Error(
            `A fleet provider with the id '${provider.id}' is already installed`,
          );
        }
        fleetProviders.set(provider.id, provider);
      },
    });

    env.registerInit({
      deps: {
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ permissionsRegistry }) {
        permissionsRegistry.addPermissions(cloudtracePermissions);
      },
    });
  },
});

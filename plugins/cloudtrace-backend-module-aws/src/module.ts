import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { fleetProvidersExtensionPoint } from '@cloudtrace/plugin-cloudtrace-node';
import { AwsFleetProvider } from './AwsFleetProvider';
import { createCredentialsManager } from './client/credentials';
import { readAwsConfig } from './config/readAwsConfig';

/**
 * Adds the AWS fleet provider to the CloudTrace backend.
 *
 * @remarks
 * Does nothing unless `cloudtrace.aws` is configured.
 *
 * @public
 */
export const cloudtraceModuleAws = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'aws',
  register(env) {
    env.registerInit({
      deps: {
        rootConfig: coreServices.rootConfig,
        logger: coreServices.logger,
        events: eventsServiceRef,
        providers: fleetProvidersExtensionPoint,
      },
      async init({ rootConfig, logger, events, providers }) {
        const config = readAwsConfig(rootConfig);
        if (!config) {
          logger.info('cloudtrace.aws is not configured; AWS is not read');
          return;
        }
        const provider = new AwsFleetProvider({
          config,
          logger,
          credentials: createCredentialsManager(rootConfig, config),
        });
        providers.addProvider(provider);
        await events.subscribe({
          id: 'cloudtrace-aws',
          topics: [config.eventsTopic],
          onEvent: async ({ eventPayload }) =>
            provider.handleEvent(eventPayload),
        });
      },
    });
  },
});

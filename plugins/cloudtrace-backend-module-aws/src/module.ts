import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  fleetProvidersExtensionPoint,
  scanSourcesExtensionPoint,
  UnconfiguredFleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import { AwsFleetProvider } from './AwsFleetProvider';
import { createCredentialsManager } from './client/credentials';
import { readAwsConfig } from './config/readAwsConfig';
import { AwsFindingsSource } from './findings/AwsFindingsSource';

/**
 * Adds the AWS fleet provider to the CloudTrace backend, and AWS security
 * findings if `cloudtrace.aws.findings` enables them.
 *
 * @remarks Reads nothing unless `cloudtrace.aws` is configured; Diagnostics then
 * says so.
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
        sources: scanSourcesExtensionPoint,
      },
      async init({ rootConfig, logger, events, providers, sources }) {
        const config = readAwsConfig(rootConfig);
        if (!config) {
          providers.addProvider(
            new UnconfiguredFleetProvider({
              id: 'aws',
              title: 'AWS',
              message: 'aws-not-configured',
              nextStep: 'aws-not-configured-next',
            }),
          );
          return;
        }
        const credentials = createCredentialsManager(rootConfig, config);
        const deps = { config, logger, credentials };
        const provider = new AwsFleetProvider(deps);
        providers.addProvider(provider);
        if (config.findings.securityHub || config.findings.inspector) {
          sources.addSource(new AwsFindingsSource(deps));
        }
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

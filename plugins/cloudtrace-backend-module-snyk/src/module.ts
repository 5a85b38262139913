import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scanSourcesExtensionPoint } from '@cloudtrace/plugin-cloudtrace-node';
import { readSnykConfig } from './readSnykConfig';
import { SnykConnector } from './SnykConnector';

/**
 * Adds Snyk issues to the security scans of CloudTrace.
 *
 * @remarks Does nothing unless `cloudtrace.snyk` is configured.
 *
 * @public
 */
export const cloudtraceModuleSnyk = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'snyk',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        sources: scanSourcesExtensionPoint,
      },
      async init({ rootConfig, sources, ...services }) {
        const config = readSnykConfig(rootConfig);
        if (!config) {
          services.logger.info(
            'cloudtrace.snyk is not configured; Snyk is not read',
          );
          return;
        }
        sources.addConnector(new SnykConnector(config, services));
      },
    });
  },
});

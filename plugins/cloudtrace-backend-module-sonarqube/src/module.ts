import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scanSourcesExtensionPoint } from '@cloudtrace/plugin-cloudtrace-node';
import { readSonarqubeConfig } from './readSonarqubeConfig';
import { SonarqubeConnector } from './SonarqubeConnector';

/**
 * Adds issues, hotspots and quality gates of SonarQube to the security scans of
 * CloudTrace.
 *
 * @remarks Reads nothing unless `cloudtrace.sonarqube` is configured;
 * Diagnostics of entities that name a project then reports this.
 *
 * @public
 */
export const cloudtraceModuleSonarqube = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'sonarqube',
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
        sources.addConnector(
          new SonarqubeConnector(readSonarqubeConfig(rootConfig), services),
        );
      },
    });
  },
});

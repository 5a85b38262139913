import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import {
  CLOUDTRACE_SEARCH_TYPES,
  cloudtraceFleetReadPermission,
  cloudtraceSecurityReadPermission,
} from '@cloudtrace/plugin-cloudtrace-common';
import { CloudtraceApi } from './CloudtraceApi';
import { CloudtraceCollatorFactory } from './CloudtraceCollatorFactory';
import { readFindings } from './readFindings';
import { readServices } from './readServices';

/** A state is soon out of date; a search shows how old it is. */
const SCHEDULE = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  // CloudTrace starts beside the search.
  initialDelay: { seconds: 30 },
};

/**
 * Adds the state of services and their open findings to Backstage's search.
 *
 * @public
 */
export const searchModuleCloudtrace = createBackendModule({
  pluginId: 'search',
  moduleId: 'cloudtrace',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        registry: searchIndexRegistryExtensionPoint,
      },
      async init({ auth, discovery, logger, scheduler, registry }) {
        const api = new CloudtraceApi({ auth, discovery });
        const factories = [
          new CloudtraceCollatorFactory({
            type: CLOUDTRACE_SEARCH_TYPES.service,
            visibilityPermission: cloudtraceFleetReadPermission,
            read: () => readServices({ api, logger }),
          }),
          new CloudtraceCollatorFactory({
            type: CLOUDTRACE_SEARCH_TYPES.finding,
            visibilityPermission: cloudtraceSecurityReadPermission,
            read: () => readFindings({ api, logger }),
          }),
        ];
        for (const factory of factories) {
          registry.addCollator({
            schedule: scheduler.createScheduledTaskRunner(SCHEDULE),
            factory,
          });
        }
      },
    });
  },
});

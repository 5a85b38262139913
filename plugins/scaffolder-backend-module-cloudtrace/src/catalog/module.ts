import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { readLocalRepositories } from '../config';
import { LocalRepositoryProvider } from './LocalRepositoryProvider';

/** Short, because the step that waits for the new entity depends on it. */
const POLL_SECONDS = 2;

/**
 * Adds locally published repositories to the catalog. Does nothing unless
 * `cloudtrace.scaffolder.localRepositories` is set.
 *
 * @public
 */
export const catalogModuleLocalRepositories = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'cloudtrace-local-repositories',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, logger, scheduler }) {
        const folder = readLocalRepositories(config);
        if (!folder) {
          return;
        }
        catalog.addEntityProvider(
          new LocalRepositoryProvider({
            folder,
            logger,
            taskRunner: scheduler.createScheduledTaskRunner({
              frequency: { seconds: POLL_SECONDS },
              timeout: { seconds: 30 },
              // The folder is on the disk of each backend, so each reads its own.
              scope: 'local',
            }),
          }),
        );
      },
    });
  },
});

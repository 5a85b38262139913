import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';

/**
 * Adds the Kubernetes fleet provider to the CloudTrace backend.
 *
 * @remarks Does nothing yet.
 *
 * @public
 */
export const cloudtraceModuleKubernetes = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'kubernetes',
  register(env) {
    env.registerInit({
      deps: { logger: coreServices.logger },
      async init({ logger }) {
        logger.debug('The Kubernetes module does not read clusters yet');
      },
    });
  },
});

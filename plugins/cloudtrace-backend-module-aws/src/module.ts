import { createBackendModule } from '@backstage/backend-plugin-api';

/**
 * Adds the aws fleet provider to the CloudTrace backend.
 *
 * @public
 */
export const cloudtraceModuleAws = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'aws',
  register(env) {
    env.registerInit({
      deps: {},
      async init() {},
    });
  },
});

import { createBackendModule } from '@backstage/backend-plugin-api';

/**
 * Adds the local fleet provider to the CloudTrace backend.
 *
 * @public
 */
export const cloudtraceModuleLocal = createBackendModule({
  pluginId: 'cloudtrace',
  moduleId: 'local',
  register(env) {
    env.registerInit({
      deps: {},
      async init() {},
    });
  },
});

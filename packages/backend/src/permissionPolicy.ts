import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { choosePolicy } from './choosePolicy';

/** The owners' policy; only the local portal allows everything. */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async *loader({ config }) {
    if (choosePolicy(config, process.env.NODE_ENV) === 'owners') {
      yield import('./OwnersPolicy');
    } else {
      yield import(
        '@backstage/plugin-permission-backend-module-allow-all-policy'
      );
    }
  },
});

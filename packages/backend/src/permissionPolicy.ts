import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';

/** Everybody may do everything, unless `permission.localPolicy` is `owners`. */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async *loader({ config }) {
    if (config.getOptionalString('permission.localPolicy') === 'owners') {
      yield import('./ownersPolicy');
    } else {
      yield import(
        '@backstage/plugin-permission-backend-module-allow-all-policy'
      );
    }
  },
});

/**
 * Scaffolder actions of CloudTrace's software template, and a catalog provider
 * for the repositories that they publish locally.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModuleLocalRepositories } from './catalog/module';
import { scaffolderModuleCloudtrace } from './module';

export { catalogModuleLocalRepositories } from './catalog/module';
export { scaffolderModuleCloudtrace } from './module';
export { pruneLockFile } from './packageJson/pruneLockFile';

/**
 * Both modules, for one `backend.add(import(…))`.
 *
 * @public
 */
const features = createBackendFeatureLoader({
  loader: () => [scaffolderModuleCloudtrace, catalogModuleLocalRepositories],
});

export default features;

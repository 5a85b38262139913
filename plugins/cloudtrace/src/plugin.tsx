import { createFrontendPlugin } from '@backstage/frontend-plugin-api';

/**
 * The CloudTrace frontend plugin.
 *
 * @public
 */
export const cloudtracePlugin = createFrontendPlugin({
  pluginId: 'cloudtrace',
  title: 'CloudTrace',
  info: { packageJson: () => import('../package.json') },
  extensions: [],
});

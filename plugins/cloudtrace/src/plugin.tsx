import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { apis } from './extensions/apis';
import { entityCards } from './extensions/entityCards';
import { entityContents } from './extensions/entityContents';
import { views } from './extensions/views';
import { entityContentRouteRef } from './routes';

/**
 * The CloudTrace frontend plugin.
 *
 * @public
 */
export const cloudtracePlugin = createFrontendPlugin({
  pluginId: 'cloudtrace',
  title: 'CloudTrace',
  info: { packageJson: () => import('../package.json') },
  routes: { entityContent: entityContentRouteRef },
  extensions: [...apis, ...entityContents, ...views, ...entityCards],
});

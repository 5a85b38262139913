import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { apis } from './extensions/apis';
import { entityCards } from './extensions/entityCards';
import { entityContents } from './extensions/entityContents';
import { entityLinks } from './extensions/entityLinks';
import { formFields } from './extensions/formFields';
import { homeWidgets } from './extensions/homeWidgets';
import { pages } from './extensions/pages';
import { searchResults } from './extensions/searchResults';
import { views } from './extensions/views';
import { CloudtraceIcon } from './components/CloudtraceIcon';
import { keepMuiClassNamesApart } from './lib/keepMuiClassNamesApart';
import { entityContentRouteRef, fleetRouteRef } from './routes';

// Before any component of Material UI loads.
keepMuiClassNamesApart();

/**
 * The CloudTrace frontend plugin.
 *
 * @public
 */
export const cloudtracePlugin = createFrontendPlugin({
  pluginId: 'cloudtrace',
  title: 'CloudTrace',
  info: { packageJson: () => import('../package.json') },
  icon: <CloudtraceIcon />,
  routes: { root: fleetRouteRef, entityContent: entityContentRouteRef },
  extensions: [
    ...apis,
    ...entityContents,
    ...views,
    ...entityCards,
    ...entityLinks,
    ...pages,
    ...formFields,
    ...homeWidgets,
    ...searchResults,
  ],
});

import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navModule } from './modules/nav';

// CloudTrace is not listed: `app.packages: all` discovers it, as in any other
// portal that has the package installed.
export default createApp({ features: [catalogPlugin, navModule] });

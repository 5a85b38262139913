import {
  createApiFactory,
  createPlugin,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { cloudtraceApiRef } from '../api/CloudtraceApi';
import { CloudtraceClient } from '../api/CloudtraceClient';
import { keepMuiClassNamesApart } from '../lib/keepMuiClassNamesApart';
import { routes } from './routes';

// Before any component of Material UI loads.
keepMuiClassNamesApart();

/**
 * The CloudTrace plugin of apps on the old frontend system. Apps load it by
 * themselves when they use one of its components.
 *
 * @public
 */
export const cloudtracePlugin = createPlugin({
  id: 'cloudtrace',
  routes,
  apis: [
    createApiFactory({
      api: cloudtraceApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new CloudtraceClient({ fetchApi }),
    }),
  ],
});

import {
  createApiFactory,
  createPlugin,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { cloudtraceApiRef } from '../api/CloudtraceApi';
import { CloudtraceClient } from '../api/CloudtraceClient';
import { routes } from './routes';

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

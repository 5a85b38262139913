/*
 * A playground with fixed demo data: `yarn workspace
 * @cloudtrace/plugin-cloudtrace start`. It needs no backend.
 */
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import cloudtracePlugin, { cloudtraceApiRef } from '../src';
import { createDemoApi } from './DemoCloudtraceApi';

const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'demo-service',
      description: 'Demo data: made from formulas, nothing was measured.',
    },
    spec: { type: 'service', lifecycle: 'demo', owner: 'guests' },
  },
];

const demoCatalog = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities }),
        }),
    }),
  ],
});

const demoCloudtrace = createFrontendModule({
  pluginId: 'cloudtrace',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: cloudtraceApiRef,
          deps: {},
          factory: () => createDemoApi(),
        }),
    }),
  ],
});

createDevApp({
  features: [catalogPlugin, cloudtracePlugin, demoCatalog, demoCloudtrace],
});

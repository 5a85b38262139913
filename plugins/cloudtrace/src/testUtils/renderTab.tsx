import {
  createFrontendPlugin,
  type ApiRef,
} from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { createDemoApi } from '../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef, type CloudtraceApi } from '../api';
import { apis } from '../extensions/apis';
import { entityCards } from '../extensions/entityCards';
import { entityContents } from '../extensions/entityContents';
import { views } from '../extensions/views';
import { entityContentRouteRef } from '../routes';
import { BASE, demoEntity } from './demoEntity';

/** The plugin as far as entity pages show it: the scaffolder's forms take long to load. */
const plugin = createFrontendPlugin({
  pluginId: 'cloudtrace',
  routes: { entityContent: entityContentRouteRef },
  extensions: [...apis, ...entityContents, ...views, ...entityCards],
});

/**
 * Renders the tab as the app does, at a path below it, with the playground's
 * demo data; `api` replaces single calls.
 */
export function renderTab(
  path: string,
  options: {
    api?: Partial<CloudtraceApi>;
    /** Entries of `app.extensions`. */
    extensions?: JsonObject[];
    card?: boolean;
    /** Additional APIs of the app. */
    apis?: Array<readonly [ApiRef<any>, unknown]>;
  } = {},
) {
  const api: CloudtraceApi = { ...createDemoApi(), ...options.api };
  renderTestApp({
    features: [plugin],
    extensions: [createTestEntityPage({ entity: demoEntity })],
    initialRouteEntries: [`${BASE}${path}`],
    apis: [[cloudtraceApiRef, api], ...(options.apis ?? [])] as any,
    config: {
      app: {
        extensions: [
          { 'page:test/test-entity': { config: { path: BASE } } },
          ...(options.card
            ? [{ 'entity-content:cloudtrace': false }]
            : [{ 'entity-card:cloudtrace/summary': false }]),
          ...(options.extensions ?? []),
        ],
      },
    },
  });
  return api;
}

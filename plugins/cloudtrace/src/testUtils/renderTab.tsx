import type { ApiRef } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { createDemoApi } from '../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef, type CloudtraceApi } from '../api';
import { cloudtracePlugin } from '../plugin';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'demo-service', namespace: 'default' },
  spec: { type: 'service' },
};

/** Path of the entity's page; a page at the root cannot have paths below it. */
export const BASE = '/entity';

/** An error with a status, like `ResponseError`. */
export function errorWithStatus(message: string, statusCode: number): Error {
  return Object.assign(new Error(message), { statusCode });
}

/** A promise that never settles: a view stays in its loading state. */
export const never = () => new Promise<never>(() => {});

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
    features: [cloudtracePlugin],
    extensions: [createTestEntityPage({ entity })],
    initialRouteEntries: [`${BASE}${path}`],
    apis: [[cloudtraceApiRef, api], ...(options.apis ?? [])] as any,
    config: {
      app: {
        extensions: [
          { 'page:cloudtrace': false },
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

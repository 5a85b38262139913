import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  createFrontendPlugin,
  type FrontendFeature,
} from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import { useLocation } from 'react-router-dom';
import { createDemoApi } from '../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef } from '../api';
import { CloudtraceViewBlueprint } from '../blueprints';
import { cloudtracePlugin } from '../plugin';
import { BASE, demoEntity } from '../testUtils/demoEntity';
import { fromFramework } from './framework';

const foreignView = CloudtraceViewBlueprint.make({
  name: 'foreign',
  params: {
    path: 'foreign',
    title: 'Foreign',
    loader: async () => {
      const Foreign = () => <p>{useLocation().pathname}</p>;
      return <Foreign />;
    },
  },
});

const foreignPlugin = createFrontendPlugin({
  pluginId: 'foreign',
  extensions: [foreignView],
});

/** Backstage warns about pages that use React Router without saying so. */
const warned = jest.spyOn(console, 'warn').mockImplementation();
const implicitRouting = () =>
  warned.mock.calls
    .map(([text]) => /'(.*?)' uses implicit React Router/.exec(String(text)))
    .flatMap(match => match?.[1] ?? []);

const nodeEnv = process.env.NODE_ENV;
const setNodeEnv = (value: string | undefined) =>
  Object.assign(process.env, { NODE_ENV: value });
beforeEach(() => {
  // The warning is for developers only.
  setNodeEnv('development');
  warned.mockClear();
});
afterEach(() => setNodeEnv(nodeEnv));

function open(path: string, features: FrontendFeature[] = []) {
  renderTestApp({
    features: [cloudtracePlugin, ...features],
    extensions: [createTestEntityPage({ entity: demoEntity })],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [[cloudtraceApiRef, createDemoApi()], catalogApiMock()],
    config: {
      app: {
        extensions: [
          { 'page:test/test-entity': { config: { path: BASE } } },
          { 'entity-card:cloudtrace/summary': false },
          { 'entity-card:cloudtrace/security': false },
        ],
      },
    },
  });
}

// Backstage before 1.57 has no routing of its own, and no warning.
const sinceFrameworkRouting = fromFramework('RouterLink')
  ? describe
  : describe.skip;

sinceFrameworkRouting('the routing of the extensions', () => {
  it.each([
    'overview',
    'load-distribution',
    'requests',
    'health-checks',
    'scaling-history',
    'failover-history',
    'metrics',
    'security-scans',
    'diagnostics',
  ])('goes through Backstage in the view %s', async view => {
    open(`${BASE}/cloudtrace/${view}?env=demo`);
    await waitFor(() =>
      expect(
        screen
          .getAllByRole('link')
          .filter(link => link.getAttribute('aria-current') === 'page')
          .map(link => link.getAttribute('href')),
      ).toEqual([`${BASE}/cloudtrace/${view}?env=demo`]),
    );
    await waitFor(() =>
      expect(screen.queryByRole('progressbar')).not.toBeInTheDocument(),
    );
    expect(implicitRouting()).toEqual([]);
  });

  it.each(['services', 'security'])(
    'goes through Backstage on the page of all services: %s',
    async view => {
      open(`/cloudtrace?view=${view}`);
      expect(
        await screen.findByRole('link', { name: 'demo-service' }),
      ).toBeInTheDocument();
      expect(implicitRouting()).toEqual([]);
    },
  );

  it('still serves views of other plugins that use React Router', async () => {
    open(`${BASE}/cloudtrace/foreign`, [foreignPlugin]);
    expect(
      await screen.findByText(`${BASE}/cloudtrace/foreign`),
    ).toBeInTheDocument();
    // Backstage warns about that view, so the tests above can fail.
    expect(implicitRouting()).toEqual(['cloudtrace-view:foreign/foreign']);
  });
});

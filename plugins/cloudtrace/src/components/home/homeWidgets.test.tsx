import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  createExtensionInput,
  createFrontendPlugin,
  identityApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef, type CloudtraceApi } from '../../api';
import { cloudtracePlugin } from '../../plugin';

jest.setTimeout(60_000);

const OWNERS = ['user:default/ann', 'group:default/team-a'];

/** The page of the home plugin, without its grid, which jsdom cannot lay out. */
const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  extensions: [
    PageBlueprint.makeWithOverrides({
      inputs: { widgets: createExtensionInput([homePageWidgetDataRef]) },
      factory: (page, { inputs }) =>
        page({
          path: '/home',
          loader: async () => (
            <>
              {inputs.widgets.map(widget => {
                const { node, component } = widget.get(homePageWidgetDataRef);
                return <div key={node.spec.id}>{component}</div>;
              })}
            </>
          ),
        }),
    }),
  ],
});

function renderHome(change: Partial<CloudtraceApi> = {}) {
  const demo = createDemoApi();
  const api = {
    ...demo,
    listFleet: jest.fn(change.listFleet ?? demo.listFleet),
    getFindingRollup: jest.fn(change.getFindingRollup ?? demo.getFindingRollup),
  };
  renderTestApp({
    features: [homePlugin, cloudtracePlugin],
    initialRouteEntries: ['/home'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [cloudtraceApiRef, api],
      [
        identityApiRef,
        {
          getBackstageIdentity: async () => ({
            type: 'user',
            userEntityRef: OWNERS[0],
            ownershipEntityRefs: OWNERS,
          }),
          getProfileInfo: async () => ({}),
          getCredentials: async () => ({}),
          signOut: async () => undefined,
        },
      ],
    ] as any,
  });
  return api;
}

describe('the widgets of the home page', () => {
  it('show the services of the viewer and of the viewer’s groups, with links', async () => {
    const api = renderHome();
    const [link] = await screen.findAllByRole('link', { name: 'demo-service' });
    expect(link).toHaveAttribute(
      'href',
      expect.stringContaining(
        '/catalog/default/component/demo-service/cloudtrace',
      ),
    );
    expect(screen.getByText('My services now')).toBeInTheDocument();
    expect(screen.getByText('My findings')).toBeInTheDocument();
    for (const call of [api.listFleet, api.getFindingRollup]) {
      expect(call.mock.calls.map(([query]) => query.owner)).toEqual(OWNERS);
    }
  });

  it('say that nothing is known, not that all is well', async () => {
    const page = await createDemoApi().listFleet({});
    renderHome({
      listFleet: async () => ({ ...page, items: [], total: 0 }),
      getFindingRollup: async () => ({ items: [] }),
    });
    expect(
      await screen.findByText(
        'You and your groups own no service that CloudTrace knows.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('No open finding is known of your services.'),
    ).toBeInTheDocument();
  });
});

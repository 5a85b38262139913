import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef, type CloudtraceApi } from '../../api';
import { cloudtracePlugin } from '../../plugin';

function renderCard(kind: string, change: Partial<CloudtraceApi> = {}) {
  const demo = createDemoApi();
  const listFleet = jest.fn(change.listFleet ?? demo.listFleet);
  renderTestApp({
    features: [cloudtracePlugin],
    extensions: [
      createTestEntityPage({
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind,
          metadata: { name: 'shop', namespace: 'default' },
        },
      }),
    ],
    initialRouteEntries: ['/'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [[cloudtraceApiRef, { ...demo, listFleet }]] as any,
  });
  return listFleet;
}

describe('the card with the services of an entity', () => {
  it.each([
    ['System', { system: 'system:default/shop', limit: 5 }],
    ['Group', { owner: 'group:default/shop', limit: 5 }],
    ['User', { owner: 'user:default/shop', limit: 5 }],
  ])('lists those of a %s, worst first', async (kind, query) => {
    const listFleet = renderCard(kind);
    expect(
      await screen.findByRole('link', { name: 'demo-service' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('/catalog/default/component/demo-service'),
    );
    expect(listFleet.mock.calls[0][0]).toEqual(query);
    const [[filter, ref]] = Object.entries(query);
    expect(
      screen.getByRole('link', { name: /services|service in/ }),
    ).toHaveAttribute(
      'href',
      `/cloudtrace?${new URLSearchParams({ [filter]: String(ref) })}`,
    );
  });

  it('is absent where there are no services', async () => {
    const page = await createDemoApi().listFleet({});
    const listFleet = renderCard('Group', {
      listFleet: async () => ({ ...page, items: [], total: 0 }),
    });
    await waitFor(() => expect(listFleet).toHaveBeenCalled());
    await waitFor(() =>
      expect(
        screen.queryByText('Services, worst first'),
      ).not.toBeInTheDocument(),
    );
  });
});

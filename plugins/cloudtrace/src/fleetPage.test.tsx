import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../dev/DemoCloudtraceApi';
import { cloudtraceApiRef } from './api';
import { cloudtracePlugin } from './plugin';

jest.setTimeout(60_000);
const SLOW = { timeout: 20_000 };

describe('the page of all services', () => {
  it('shows the worst first and searches on the server', async () => {
    const demo = createDemoApi();
    const listFleet = jest.fn(demo.listFleet);
    renderTestApp({
      features: [cloudtracePlugin],
      initialRouteEntries: ['/cloudtrace?env=demo'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [[cloudtraceApiRef, { ...demo, listFleet }], catalogApiMock()],
    });
    const link = await screen.findByRole(
      'link',
      { name: 'demo-service' },
      SLOW,
    );
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/component/demo-service/cloudtrace?env=demo',
    );
    expect(screen.getByText('2 of 4 targets are healthy.')).toBeInTheDocument();
    expect(listFleet.mock.calls[0][0]).toMatchObject({ environment: 'demo' });

    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search' }),
      'orders{Enter}',
    );
    await waitFor(() =>
      expect(listFleet.mock.lastCall![0]).toMatchObject({ query: 'orders' }),
    );
  });
});

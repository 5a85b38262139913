import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { errorWithStatus } from '../../testUtils/answers';
import { BASE } from '../../testUtils/demoEntity';
import { renderTab } from '../../testUtils/renderTab';

const demo = createDemoApi();

describe('the CloudTrace tab', () => {
  it('opens the first view, with links to the others that keep the state of the tab', async () => {
    renderTab('/?env=demo&range=6h&tz=utc');
    expect(await screen.findByText('What stands out')).toBeInTheDocument();
    const links = within(
      screen.getByRole('navigation', { name: 'CloudTrace views' }),
    ).getAllByRole('link');
    expect(links.map(link => link.textContent)).toEqual([
      'Overview',
      'Load distribution',
      'Requests',
      expect.stringContaining('Health checks'),
      expect.stringContaining('Scaling history'),
      'Failover history',
      'Metrics',
      expect.stringContaining('Security scans'),
      'Diagnostics',
    ]);
    expect(links[2]).toHaveAttribute(
      'href',
      `${BASE}/requests?env=demo&range=6h&tz=utc`,
    );
    expect(
      await screen.findByRole('img', { name: '2 unhealthy targets' }),
    ).toBeInTheDocument();
  });

  it('opens the first view in place of an unknown one, and the view of a link', async () => {
    renderTab('/cloudtrace/no-such-view?env=demo&tz=utc&sort=zone');
    const nav = await screen.findByRole('navigation', {
      name: 'CloudTrace views',
    });
    const openLinks = () =>
      within(nav)
        .getAllByRole('link')
        .filter(link => link.getAttribute('aria-current') === 'page')
        .map(link => link.getAttribute('href'));
    await waitFor(() =>
      expect(openLinks()).toEqual([
        `${BASE}/cloudtrace/overview?env=demo&tz=utc`,
      ]),
    );
    await userEvent.click(within(nav).getByRole('link', { name: 'Requests' }));
    expect(openLinks()).toEqual([
      `${BASE}/cloudtrace/requests?env=demo&tz=utc`,
    ]);
    expect(
      await screen.findByRole('table', {
        name: 'Individual requests, newest first',
      }),
    ).toBeInTheDocument();
  });

  it('lets operators disable, rename and reorder views', async () => {
    renderTab('/', {
      extensions: [
        { 'cloudtrace-view:cloudtrace/requests': false },
        {
          'cloudtrace-view:cloudtrace/diagnostics': {
            config: { title: 'Help', path: 'help' },
          },
        },
      ],
    });
    const nav = await screen.findByRole('navigation', {
      name: 'CloudTrace views',
    });
    // Extensions named in the config come first, in the order of the config.
    expect(within(nav).getAllByRole('link')[0]).toHaveTextContent('Help');
    expect(within(nav).queryByText('Requests')).not.toBeInTheDocument();
  });

  it('uses the singular for one', async () => {
    renderTab('/diagnostics?live=off', {
      api: {
        getOverview: async (ref, query) => ({
          ...(await demo.getOverview(ref, query)),
          badges: { unhealthyTargets: 1 },
        }),
        getTimeline: async () => {
          throw errorWithStatus('not now', 404);
        },
      },
    });
    expect(
      await screen.findByRole('img', { name: '1 unhealthy target' }),
    ).toBeInTheDocument();
  });
});

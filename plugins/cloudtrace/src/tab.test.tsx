import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../dev/DemoCloudtraceApi';
import { BASE, errorWithStatus, never, renderTab } from './testUtils/renderTab';

// The views are loaded lazily, which takes long in jsdom.
jest.setTimeout(180_000);
const SLOW = { timeout: 60_000 };

describe('the CloudTrace tab', () => {
  it('opens the first view, with links to the others that keep the state of the tab', async () => {
    renderTab('/?env=demo&range=6h&tz=utc');
    expect(
      await screen.findByText('What stands out', {}, SLOW),
    ).toBeInTheDocument();
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
      await screen.findByRole('img', { name: '2 unhealthy targets' }, SLOW),
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
    const nav = await screen.findByRole(
      'navigation',
      { name: 'CloudTrace views' },
      SLOW,
    );
    // Extensions named in the config come first, in the order of the config.
    expect(within(nav).getAllByRole('link')[0]).toHaveTextContent('Help');
    expect(within(nav).queryByText('Requests')).not.toBeInTheDocument();
  });

  it.each([
    ['load-distribution', 'Is the load even?'],
    ['requests', 'Requests by duration'],
    ['health-checks', 'State of each target over time'],
    ['scaling-history', 'Capacity of demo-group in instances'],
    ['failover-history', 'Mean time to recover'],
    ['metrics', 'Demo metrics'],
    ['security-scans', 'Prototype pollution in demo-parser'],
    ['security-scans', 'incomplete'],
    ['diagnostics', 'How to send requests'],
  ])('shows %s with data', async (path, text) => {
    renderTab(`/${path}`);
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText(text, {}, SLOW);
    expect(found).toBeInTheDocument();
  });

  it('requests the environment and range in the URL', async () => {
    const getHealth = jest.fn(createDemoApi().getHealth);
    renderTab(
      '/health-checks?env=demo-empty&range=2026-01-01T00:00:00Z~2026-01-01T01:00:00Z',
      { api: { getHealth } },
    );
    await waitFor(() => expect(getHealth).toHaveBeenCalled(), SLOW);
    expect(getHealth.mock.calls[0].slice(0, 2)).toEqual([
      'component:default/demo-service',
      {
        environment: 'demo-empty',
        from: '2026-01-01T00:00:00.000Z',
        to: '2026-01-01T01:00:00.000Z',
      },
    ]);
  });

  it('reports an invalid range in the URL', async () => {
    renderTab('/diagnostics?range=yesterday');
    expect(
      await screen.findByText(
        /time range “yesterday” in the URL is not valid/,
        {},
        SLOW,
      ),
    ).toBeInTheDocument();
  });

  it('zooms to an event and back with one click', async () => {
    const getTimeline = jest.fn(createDemoApi().getTimeline);
    renderTab('/diagnostics?range=6h', { api: { getTimeline } });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Scaling: demo-group 3 → 4' },
        SLOW,
      ),
    );
    const back = await screen.findByRole(
      'button',
      { name: 'Back to 6 h' },
      SLOW,
    );
    await waitFor(() => {
      const { from, to } = getTimeline.mock.lastCall![1];
      const widthMs = Date.parse(to!) - Date.parse(from!);
      expect(Math.abs(widthMs - 600_000)).toBeLessThanOrEqual(1_000);
    }, SLOW);
    await userEvent.click(back);
    await waitFor(() => expect(back).not.toBeInTheDocument(), SLOW);
    expect(screen.getByRole('button', { name: '6 h' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });
});

describe('states of a view', () => {
  it('show a skeleton while loading', async () => {
    renderTab('/load-distribution', { api: { getLoadDistribution: never } });
    expect(
      await screen.findByRole(
        'status',
        { name: 'Loading Load distribution' },
        SLOW,
      ),
    ).toBeInTheDocument();
  });

  it('tell a new user what to do, with a snippet', async () => {
    renderTab('/load-distribution?env=demo-empty');
    expect(
      await screen.findByText('No requests yet', {}, SLOW),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/OTEL_EXPORTER_OTLP_ENDPOINT=https/, {}, SLOW),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Open Diagnostics/ }),
    ).toHaveAttribute('href', `${BASE}/diagnostics?env=demo-empty`);
  });

  it('offer the range that has data', async () => {
    const demo = createDemoApi();
    renderTab('/load-distribution?range=15m', {
      api: {
        getLoadDistribution: async (ref, query) => {
          const data = await demo.getLoadDistribution(ref, query);
          return {
            ...data,
            asOf: new Date(Date.now() - 2 * 3_600_000).toISOString(),
            groups: [],
            totals: { ...data.totals, requests: 0 },
          };
        },
      },
    });
    await userEvent.click(
      await screen.findByText('Show the last 6 h', {}, SLOW),
    );
    expect(screen.getByRole('button', { name: '6 h' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('report that something is missing or not permitted, and which permission', async () => {
    renderTab('/requests', {
      api: {
        listRequests: async () => {
          throw errorWithStatus('Not found', 404);
        },
      },
    });
    expect(
      await screen.findByText(/cloudtrace\.requests\.read/, {}, SLOW),
    ).toBeInTheDocument();
  });

  it('report that an entity is not linked, and why', async () => {
    const demo = createDemoApi();
    renderTab('/health-checks', {
      api: {
        getHealth: async (ref, query) => ({
          ...(await demo.getHealth(ref, query)),
          availability: 'not-linked',
          groups: [],
          notices: [
            {
              code: 'invalid-annotation',
              message: 'The annotation names a group of another team.',
            },
          ],
        }),
      },
    });
    expect(
      await screen.findByText('Not linked to a fleet', {}, SLOW),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The annotation names a group of another team.'),
    ).toBeInTheDocument();
  });

  it('recover from an error by a retry', async () => {
    const demo = createDemoApi();
    const getScaling = jest
      .fn(demo.getScaling)
      .mockRejectedValueOnce(errorWithStatus('database is away', 400));
    renderTab('/scaling-history?live=off', { api: { getScaling } });
    expect(
      await screen.findByText('database is away', {}, SLOW),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Capacity of demo-group in instances' },
        SLOW,
      ),
    ).toBeInTheDocument();
  });

  it('keep the last known data and an open drawer when a refresh fails', async () => {
    const demo = createDemoApi();
    const listRequests = jest.fn(demo.listRequests);
    renderTab('/requests', { api: { listRequests } });
    const [first] = await screen.findAllByLabelText(
      /^Details of GET/,
      {},
      SLOW,
    );
    await userEvent.click(first);
    const drawer = await screen.findByRole('dialog', { name: 'Request' }, SLOW);
    expect(
      await within(drawer).findByRole('link', { name: /Jaeger/ }, SLOW),
    ).toHaveAttribute('href', expect.stringContaining('jaeger.example.com'));

    listRequests.mockRejectedValue(errorWithStatus('gateway is away', 400));
    expect(
      await screen.findByText(
        /Could not refresh: gateway is away/,
        {},
        { timeout: 60_000 },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: /Individual requests/, hidden: true }),
    ).toBeInTheDocument();
    expect(screen.getByRole('dialog', { name: 'Request' })).toBeInTheDocument();
  });
});

describe('working with views', () => {
  it('filters and pages requests on the server', async () => {
    const listRequests = jest.fn(createDemoApi().listRequests);
    renderTab('/requests?live=off', { api: { listRequests } });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: '503' }, SLOW),
    );
    await waitFor(
      () =>
        expect(listRequests.mock.lastCall![1]).toMatchObject({
          status: ['503'],
          cursor: undefined,
        }),
      SLOW,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(
      () =>
        expect(listRequests.mock.lastCall![1]).toMatchObject({
          status: ['503'],
          cursor: '50',
        }),
      SLOW,
    );
    expect(await screen.findByText('Page 2')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Previous' }));
    expect(await screen.findByText('Page 1', {}, SLOW)).toBeInTheDocument();
  });

  it('shows a chart as a table', async () => {
    renderTab('/load-distribution?live=off');
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Show as table: Requests per 1\u202fmin by instance' },
        SLOW,
      ),
    );
    const table = screen.getByRole('table', {
      name: 'Requests per 1\u202fmin by instance',
    });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual(['Time', 'demo-a1', 'demo-a2', 'demo-b1', 'demo-b2']);
    expect(within(table).getAllByRole('row')).toHaveLength(61);
  });

  it('explains the imbalance with its figures', async () => {
    renderTab('/load-distribution?live=off');
    expect(
      await screen.findByText(
        /demo-b1 received 35.% of the requests, 1\.41 times its fair share of 25.%/,
        {},
        SLOW,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/Jain index 0\.944/)).toBeInTheDocument();
  });

  it('shows the secret of a new token once', async () => {
    renderTab('/diagnostics?live=off&tokens=open');
    const dialog = await screen.findByRole(
      'dialog',
      { name: 'Ingest tokens' },
      SLOW,
    );
    await userEvent.type(
      await within(dialog).findByRole('textbox', { name: /Name/ }, SLOW),
      'orders',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Create token' }),
    );
    expect(
      await within(dialog).findByText('ctk_demo-secret-that-opens-nothing'),
    ).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
    expect(
      within(dialog).queryByText(/ctk_demo-secret/),
    ).not.toBeInTheDocument();
  });

  it('accepts a risk only with reason, owner and expiry', async () => {
    const triageFinding = jest.fn(createDemoApi().triageFinding);
    renderTab(
      '/security-scans?live=off&finding=00000000-0000-4000-8000-000000000001',
      { api: { triageFinding } },
    );
    const drawer = await screen.findByRole('dialog', { name: 'Finding' }, SLOW);
    expect(
      await within(drawer).findByText(
        /<b>Markup is shown as text\.<\/b>/,
        {},
        SLOW,
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Accept the risk' }),
    );
    const save = await within(drawer).findByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await userEvent.type(
      within(drawer).getByRole('textbox', { name: /Reason/ }),
      'not reachable',
    );
    await waitFor(() => expect(save).toBeEnabled());
    await userEvent.click(save);
    await waitFor(() => expect(triageFinding).toHaveBeenCalled());
    expect(triageFinding.mock.calls[0][2]).toEqual({
      state: 'accepted',
      reason: 'not reachable',
      owner: 'user:default/guest',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/),
    });
  });
});

describe('the card on the overview', () => {
  it('sums up the last hour', async () => {
    renderTab('/', { card: true });
    expect(
      await screen.findByText('Last hour, demo', {}, SLOW),
    ).toBeInTheDocument();
    expect(
      screen.getByText('2 of 4 instances healthy · 2 zones · Load: Uneven'),
    ).toBeInTheDocument();
    expect(screen.getByText(/1 of 4 targets is unhealthy/)).toBeInTheDocument();
  });

  it('is hidden from viewers without permission', async () => {
    const getOverview = jest.fn(async () => {
      throw errorWithStatus('Not found', 404);
    });
    renderTab('/', { card: true, api: { getOverview } });
    await waitFor(() => expect(getOverview).toHaveBeenCalled(), SLOW);
    await waitFor(() =>
      expect(screen.queryByText('CloudTrace')).not.toBeInTheDocument(),
    );
  });
});

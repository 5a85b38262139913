import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef, type CloudtraceApi } from '../../api';
import { cloudtracePlugin } from '../../plugin';

describe('the fleet page', () => {
  it('shows the worst first and searches on the server', async () => {
    const demo = createDemoApi();
    const listFleet = jest.fn(demo.listFleet);
    renderTestApp({
      features: [cloudtracePlugin],
      initialRouteEntries: ['/cloudtrace?env=demo'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [[cloudtraceApiRef, { ...demo, listFleet }], catalogApiMock()],
    });
    const link = await screen.findByRole('link', { name: 'demo-service' });
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/component/demo-service/cloudtrace?env=demo',
    );
    expect(
      screen.getByText(
        'demo-zone-b: failover ongoing. 1 of 4 targets is unhealthy.',
      ),
    ).toBeInTheDocument();
    expect(listFleet.mock.calls[0][0]).toMatchObject({ environment: 'demo' });

    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search' }),
      'orders{Enter}',
    );
    await waitFor(() =>
      expect(listFleet.mock.lastCall![0]).toMatchObject({ query: 'orders' }),
    );
  });

  it('reports when more services match than are listed', async () => {
    const demo = createDemoApi();
    const page = await demo.listFleet({});
    renderTestApp({
      features: [cloudtracePlugin],
      initialRouteEntries: ['/cloudtrace'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [
          cloudtraceApiRef,
          {
            ...demo,
            listFleet: async () => ({ ...page, total: 5000, truncated: true }),
          },
        ],
        catalogApiMock(),
      ],
    });
    expect(
      await screen.findByText(
        /^Too many services match\. The list shows the 5,000 most/,
      ),
    ).toBeInTheDocument();
  });

  it('says when recent requests were counted, if that is a while ago', async () => {
    const demo = createDemoApi();
    const page = await demo.listFleet({});
    let asOf = page.to;
    renderTestApp({
      features: [cloudtracePlugin],
      initialRouteEntries: ['/cloudtrace'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [
          cloudtraceApiRef,
          { ...demo, listFleet: async () => ({ ...page, asOf }) },
        ],
        catalogApiMock(),
      ],
    });
    await screen.findByRole('link', { name: 'demo-service' });
    const text = /^The requests of the last 15 minutes were counted at /;
    expect(screen.queryByText(text)).not.toBeInTheDocument();
    asOf = new Date(Date.parse(page.to) - 20_000).toISOString();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search' }),
      'demo{Enter}',
    );
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('has a heading, and sorts by a column on request', async () => {
    const demo = createDemoApi();
    const page = await demo.listFleet({});
    const service = (name: string, p95Ms?: number) => ({
      ...page.items[0],
      entityRef: `component:default/${name}`,
      name,
      title: undefined,
      p95Ms,
    });
    renderTestApp({
      features: [cloudtracePlugin],
      initialRouteEntries: ['/cloudtrace'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [
          cloudtraceApiRef,
          {
            ...demo,
            listFleet: async () => ({
              ...page,
              items: [service('b', 20), service('c'), service('a', 300)],
              nextCursor: undefined,
            }),
          },
        ],
        catalogApiMock(),
      ],
    });
    const names = () =>
      screen.getAllByRole('link', { name: /^[abc]$/ }).map(a => a.textContent);
    await screen.findByRole('link', { name: 'a' });
    expect(
      screen.getByRole('heading', { name: 'Services' }),
    ).toBeInTheDocument();
    expect(names()).toEqual(['b', 'c', 'a']);
    await userEvent.click(screen.getByRole('button', { name: 'p95' }));
    expect(names()).toEqual(['a', 'b', 'c']);
    await userEvent.click(screen.getByRole('button', { name: 'Service' }));
    expect(names()).toEqual(['a', 'b', 'c']);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the worst first' }),
    );
    expect(names()).toEqual(['b', 'c', 'a']);
  });

  function openSecurity(search: string, overrides: Partial<CloudtraceApi>) {
    const demo = createDemoApi();
    const getFindingRollup = jest.fn(
      overrides.getFindingRollup ?? demo.getFindingRollup,
    );
    renderTestApp({
      features: [cloudtracePlugin],
      initialRouteEntries: [`/cloudtrace?view=security${search}`],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [cloudtraceApiRef, { ...demo, ...overrides, getFindingRollup }],
        catalogApiMock(),
      ],
    });
    return getFindingRollup;
  }

  it('lists who has a CVE, by entity and by owner', async () => {
    const rollup = openSecurity('&cve=cve-2025-00001', {});
    const link = await screen.findByRole('link', { name: 'demo-service' });
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/component/demo-service/cloudtrace/security-scans?search=CVE-2025-00001',
    );
    expect(rollup.mock.calls[0][0]).toMatchObject({
      groupBy: 'entity',
      cve: 'CVE-2025-00001',
    });
    const cve = screen.getByRole('textbox', { name: 'Affected by CVE' });
    await userEvent.clear(cve);
    await userEvent.type(cve, 'log4j{Enter}');
    expect(screen.getByText('For example CVE-2025-12345')).toBeInTheDocument();
    await userEvent.clear(cve);
    await userEvent.type(cve, 'CVE-2024-99999{Enter}');
    expect(
      await screen.findByText(
        'No entity that you can see has CVE-2024-99999 open.',
      ),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'Group by' }));
    await userEvent.click(screen.getByRole('option', { name: 'Owner' }));
    await userEvent.click(
      await screen.findByRole('link', { name: 'demo-team' }),
    );
    await waitFor(() =>
      expect(rollup.mock.lastCall![0]).toMatchObject({
        groupBy: 'entity',
        owner: 'group:default/demo-team',
        cve: undefined,
      }),
    );
  });

  it('does not say that nothing has a CVE while a database server does not respond', async () => {
    openSecurity('&cve=CVE-2025-00001', {
      getFindingRollup: async () => ({ items: [], unknownEntities: 3 }),
    });
    expect(
      await screen.findByText(
        'Whether 3 more entities have CVE-2025-00001 is unknown: their database server does not respond.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No entity whose findings are known matches.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/has CVE-2025-00001 open/)).toBeNull();
  });

  it('shows findings if owners cannot be read, and explains why', async () => {
    openSecurity('&by=system&owner=group:default/x', {
      listFleet: async () => {
        throw Object.assign(new Error('away'), { statusCode: 400 });
      },
    });
    expect(
      await screen.findByText('Could not read owners and systems: away'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'demo' })).toBeInTheDocument();
  });

  it('shows loading and errors, and retries', async () => {
    let answer: (() => void) | undefined;
    let fail = true;
    openSecurity('', {
      async getFindingRollup() {
        await new Promise<void>(resolve => {
          answer = resolve;
        });
        if (fail) {
          throw Object.assign(new Error('database away'), { statusCode: 400 });
        }
        return { items: [] };
      },
    });
    expect(
      await screen.findByLabelText('the findings of all services'),
    ).toBeInTheDocument();
    await waitFor(() => expect(answer).toBeDefined());
    answer!();
    expect(await screen.findByText('database away')).toBeInTheDocument();
    fail = false;
    answer = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(answer).toBeDefined());
    answer!();
    expect(await screen.findByText(/No scans yet/)).toBeInTheDocument();
  });

  it('opens the next page, and starts over for another view', async () => {
    const rollup = openSecurity('', {
      getFindingRollup: async query => ({
        items: [
          {
            key: `component:default/${query.cursor ?? 'first'}`,
            title: query.cursor ?? 'first',
            entities: 1,
            open: { critical: 1, high: 0, medium: 0, low: 0, info: 0 },
          },
        ],
        nextCursor: query.cursor ? undefined : 'second',
      }),
    });
    await screen.findByRole('link', { name: 'first' });
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByRole('link', { name: 'second' });
    expect(rollup.mock.lastCall![0]).toMatchObject({ cursor: 'second' });
    await userEvent.click(screen.getByRole('tab', { name: 'Services' }));
    expect(
      await screen.findByText(/1 of 4 targets is unhealthy\./),
    ).toBeInTheDocument();
  });
});

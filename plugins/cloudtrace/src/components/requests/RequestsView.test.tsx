import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { identityColor } from '../../lib/palette';
import { errorWithStatus } from '../../testUtils/answers';
import { colorBeside } from '../../testUtils/colorBeside';
import { renderView } from '../../testUtils/renderView';
import { RequestsView } from './RequestsView';

describe('Requests', () => {
  it('shows its data', async () => {
    renderView(<RequestsView />, '/requests');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText('Requests by duration');
    expect(found).toBeInTheDocument();
  });

  it('draws an instance in its own colour', async () => {
    renderView(<RequestsView />, '/requests?live=off');
    const cells = await waitFor(() => {
      const found = screen
        .getAllByText(/^demo-a2/)
        .filter(element => colorBeside(element));
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(colorBeside(cells[0])).toBe(identityColor('demo-a2', 'light'));
  });

  it('keeps the last known data and an open drawer when a refresh fails', async () => {
    const demo = createDemoApi();
    const listRequests = jest.fn(demo.listRequests);
    renderView(<RequestsView />, '/requests', { api: { listRequests } });
    const [first] = await screen.findAllByLabelText(/^Details of GET/);
    await userEvent.click(first);
    const drawer = await screen.findByRole('dialog', { name: 'Request' });
    expect(
      await within(drawer).findByRole('link', { name: /Jaeger/ }),
    ).toHaveAttribute('href', expect.stringContaining('jaeger.example.com'));

    listRequests.mockRejectedValue(errorWithStatus('gateway is away', 400));
    expect(
      await screen.findByText(/Could not refresh: gateway is away/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: /Individual requests/, hidden: true }),
    ).toBeInTheDocument();
    expect(screen.getByRole('dialog', { name: 'Request' })).toBeInTheDocument();
  });

  it('filters and pages requests on the server', async () => {
    const listRequests = jest.fn(createDemoApi().listRequests);
    renderView(<RequestsView />, '/requests?live=off', {
      api: { listRequests },
    });
    await userEvent.click(await screen.findByRole('checkbox', { name: '503' }));
    await waitFor(() =>
      expect(listRequests.mock.lastCall![1]).toMatchObject({
        status: ['503'],
        cursor: undefined,
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(() =>
      expect(listRequests.mock.lastCall![1]).toMatchObject({
        status: ['503'],
        cursor: '50',
      }),
    );
    expect(await screen.findByText('Page 2')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Previous' }));
    expect(await screen.findByText('Page 1')).toBeInTheDocument();
  });

  it('distinguishes requests within one second', async () => {
    renderView(<RequestsView />, '/requests?live=off');
    const table = await screen.findByRole('table', {
      name: /Individual requests/,
    });
    const [, row] = within(table).getAllByRole('row');
    expect(row).toHaveTextContent(/\d\d:\d\d:\d\d\.\d{3}/);
  });

  it('offers archived days, and marks requests of the archive', async () => {
    const demo = createDemoApi();
    const listRequests = jest.fn(
      async (...args: Parameters<typeof demo.listRequests>) => {
        const { total, ...page } = await demo.listRequests(...args);
        return args[1].from === '2026-11-02T00:00:00.000Z'
          ? { ...page, archived: true }
          : { ...page, items: [], archivedDays: ['2026-11-03', '2026-11-02'] };
      },
    );
    renderView(<RequestsView />, '/requests?live=off&page=2&cursor=50', {
      api: { listRequests },
    });
    expect(
      await screen.findByText(/Requests of 2 days in this range are archived/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No requests outside the archive match.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^0 requests/)).not.toBeInTheDocument();

    await userEvent.click(screen.getByLabelText('Archived day'));
    await userEvent.click(
      await screen.findByRole('option', { name: '2026-11-02' }),
    );
    expect(await screen.findByText(/^Archived: these/)).toBeInTheDocument();
    expect(listRequests.mock.lastCall![1]).toMatchObject({
      from: '2026-11-02T00:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
      cursor: undefined,
    });
    expect(screen.queryByText(/are archived/)).not.toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: /Individual requests/ }),
    ).toBeInTheDocument();
  });
});

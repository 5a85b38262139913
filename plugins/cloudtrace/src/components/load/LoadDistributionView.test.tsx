import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { identityColor } from '../../lib/palette';
import { colorBeside } from '../../testUtils/colorBeside';
import { renderView } from '../../testUtils/renderView';
import { showOn } from '../../testUtils/showOn';
import { LoadDistributionView } from './LoadDistributionView';

const demo = createDemoApi();
const { matchMedia } = window;
afterEach(() => {
  window.matchMedia = matchMedia;
});

describe('Load distribution', () => {
  it('shows its data', async () => {
    renderView(<LoadDistributionView />, '/load-distribution');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText('Is the load even?');
    expect(found).toBeInTheDocument();
  });

  it('draws an instance in its own colour', async () => {
    renderView(<LoadDistributionView />, '/load-distribution?live=off');
    const cells = await waitFor(() => {
      const found = screen
        .getAllByText(/^demo-a2/)
        .filter(element => colorBeside(element));
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(colorBeside(cells[0])).toBe(identityColor('demo-a2', 'light'));
  });

  it('shows a chart as a table', async () => {
    renderView(<LoadDistributionView />, '/load-distribution?live=off');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show as table: Requests per 1\u202fmin by instance',
      }),
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
    renderView(<LoadDistributionView />, '/load-distribution?live=off');
    expect(
      await screen.findByText(
        /demo-b1 received 35.% of the requests, 1\.41 times its fair share of 25.%/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/Jain index 0\.944/)).toBeInTheDocument();
  });

  it('keeps normal scale-ins out of "Is the load even?"', async () => {
    renderView(<LoadDistributionView />, '/load-distribution?live=off', {
      api: {
        getLoadDistribution: async (ref, query) => {
          const load = await demo.getLoadDistribution(ref, query);
          const since = load.to;
          return {
            ...load,
            groups: load.groups.map((group, i) => ({
              ...group,
              label: `i-${i}`,
              flags:
                i === 0
                  ? [
                      {
                        kind: 'slow',
                        severity: 'warning',
                        value: 90,
                        unit: 'ms',
                        reference: 20,
                      },
                    ]
                  : [
                      { kind: 'silent', severity: 'info', since },
                      { kind: 'new', severity: 'info', since },
                      {
                        kind: 'slow',
                        severity: 'info',
                        value: 90,
                        unit: 'ms',
                        until: since,
                      },
                    ],
            })),
          };
        },
      },
    });
    const title = await screen.findByRole('heading', {
      name: 'Is the load even?',
    });
    const remarks = title.closest('section')!.querySelectorAll('li');
    expect([...remarks].map(item => item.textContent)).toEqual([
      expect.stringMatching(/^i-0: p95 is 90/),
    ]);
  });

  it('shows every figure of an instance on a narrow screen', async () => {
    showOn(400);
    renderView(<LoadDistributionView />, '/load-distribution?live=off');
    const list = await screen.findByRole('list', { name: 'By Instance' });
    const [first] = within(list).getAllByRole('listitem');
    expect(
      within(first)
        .getAllByRole('term')
        .map(term => term.textContent),
    ).toEqual(['Share', 'Requests', 'Errors', 'p50', 'p95', 'p99']);
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { identityColor } from '../../lib/palette';
import { colorBeside } from '../../testUtils/colorBeside';
import { loadOfKinds } from '../../testUtils/loadOfKinds';
import { renderTab } from '../../testUtils/renderTab';
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

  describe('with requests and messages', () => {
    const kinds = {
      getLoadDistribution: async (
        ...query: Parameters<typeof demo.getLoadDistribution>
      ) => loadOfKinds(await demo.getLoadDistribution(...query)),
    };
    const textsIn = (root: Element, selector: string) =>
      [...root.querySelectorAll(selector)].map(item => item.textContent);

    it('judges each on its own', async () => {
      renderTab('/load-distribution?live=off', { api: kinds });
      const title = await screen.findByRole('heading', {
        name: 'Is the load even?',
      });
      const card = title.closest('section')!;
      expect(textsIn(card, 'h4, [class*="MuiChip-label"]')).toEqual([
        ...['Requests', 'Even', 'Messages', 'Uneven'],
      ]);
      expect(textsIn(card, 'p').map(text => text!.replace(/\s/g, ' '))).toEqual(
        [
          'Of 2 instances, demo-b1 is the busiest with 51 % of the requests; its fair share is 50 %.',
          'demo-a1 received 80 % of the messages, 1.60 times its fair share of 50 %; demo-b1 received 20 %; its fair share is 50 %.',
        ],
      );
    });

    it('lists an instance that does both twice, links both to it, and keeps its colour', async () => {
      renderView(<LoadDistributionView />, '/load-distribution?live=off', {
        api: kinds,
      });
      const table = await screen.findByRole('table', { name: 'By Instance' });
      const rows = within(table).getAllByRole('row').slice(1);
      expect(
        rows.map(row => within(row).getByRole('link').textContent),
      ).toEqual([
        'demo-b1 · requests',
        'demo-a2 · requests',
        'demo-a1 · messages',
        'demo-b1 · messages',
      ]);
      for (const row of [rows[0], rows[3]]) {
        expect(within(row).getByRole('link').getAttribute('href')).toMatch(
          /instance=demo-b1(&|$)/,
        );
      }
      const name = within(rows[0]).getByRole('link');
      expect(colorBeside(name)).toBe(identityColor('demo-b1', 'light'));
    });

    it('says what a flag is about', async () => {
      renderView(<LoadDistributionView />, '/load-distribution?live=off', {
        api: kinds,
      });
      expect(
        await screen.findByLabelText(/^Receives 80.% of the messages;/),
      ).toHaveTextContent('hot');
    });

    it('does not judge what was recorded without its kind', async () => {
      renderView(<LoadDistributionView />, '/load-distribution?live=off', {
        api: {
          getLoadDistribution: async (...query) => {
            const load = await demo.getLoadDistribution(...query);
            const balance = { groups: 4, verdict: 'not-comparable' as const };
            const kind = 'unknown' as const;
            return {
              ...load,
              balance,
              kinds: [{ ...load.totals, kind, balance, groupsTotal: 4 }],
              groups: load.groups.map(group => ({
                ...{ ...group, kind, flags: [], fairShare: undefined },
              })),
            };
          },
        },
      });
      expect(
        await screen.findByText(/^These were recorded before requests/),
      ).toBeInTheDocument();
      expect(screen.getByText('Not comparable')).toBeInTheDocument();
    });
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

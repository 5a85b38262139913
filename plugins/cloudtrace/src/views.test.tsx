import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../dev/DemoCloudtraceApi';
import { identityColor } from './lib/palette';
import { renderTab } from './testUtils/renderTab';

jest.setTimeout(180_000);
const SLOW = { timeout: 60_000 };

/** Simulates media queries for a screen of this width. */
function showOn(widthPx: number) {
  window.matchMedia = (query: string) => {
    const most = Number(/max-width: ?(\d+)px/.exec(query)?.[1] ?? 0);
    return {
      matches: widthPx <= most,
      media: query,
      addListener() {},
      removeListener() {},
      addEventListener() {},
      removeEventListener() {},
    } as unknown as MediaQueryList;
  };
}

/** The colour beside a name. */
function colorBeside(element: HTMLElement): string | null | undefined {
  const swatch = element.closest('th, td')?.querySelector('svg')?.firstChild as
    | Element
    | null
    | undefined;
  return swatch?.getAttribute('fill') ?? swatch?.getAttribute('stroke');
}

describe('all views', () => {
  const before = window.matchMedia;
  afterEach(() => {
    window.matchMedia = before;
  });

  it.each([
    ['load-distribution', 'demo-a2'],
    ['requests', 'demo-a2'],
    ['health-checks', 'demo-a2'],
  ])('draw an instance in its own colour: %s', async (path, name) => {
    renderTab(`/${path}?live=off`);
    const cells = await waitFor(() => {
      const found = screen
        .getAllByText(new RegExp(`^${name}`))
        .filter(element => colorBeside(element));
      expect(found.length).toBeGreaterThan(0);
      return found;
    }, SLOW);
    expect(colorBeside(cells[0])).toBe(identityColor(name, 'light'));
  });

  it('count events that are too close, and open their list on a click', async () => {
    const demo = createDemoApi();
    const getTimeline = jest.fn(async (ref: string, query: any) => {
      const timeline = await demo.getTimeline(ref, query);
      const at = Date.parse(timeline.from) + 1_800_000;
      return {
        ...timeline,
        items: [0, 10, 20].map(second => ({
          id: `e${second}`,
          at: new Date(at + second * 1000).toISOString(),
          kind: 'health' as const,
          severity: 'critical' as const,
          title: `demo-${second} became unhealthy`,
        })),
      };
    });
    renderTab('/diagnostics?range=1h', { api: { getTimeline } });
    const marker = await screen.findByRole(
      'button',
      { name: '3 events, most severe: demo-0 became unhealthy' },
      SLOW,
    );
    expect(marker).toHaveTextContent('3');
    await userEvent.click(marker);
    const list = await screen.findByRole('dialog', { name: /^3 events/ });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringContaining('demo-0 became'),
      expect.stringContaining('demo-10 became'),
      expect.stringContaining('demo-20 became'),
    ]);
    await userEvent.click(
      within(list).getByRole('button', { name: 'Zoom to these events' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Back to 1 h' }, SLOW),
    ).toBeInTheDocument();
  });

  it('show every figure of an instance on a narrow screen', async () => {
    showOn(400);
    renderTab('/load-distribution?live=off');
    const list = await screen.findByRole('list', { name: 'By Instance' }, SLOW);
    const [first] = within(list).getAllByRole('listitem');
    expect(
      within(first)
        .getAllByRole('term')
        .map(term => term.textContent),
    ).toEqual(['Share', 'Requests', 'Errors', 'p50', 'p95', 'p99']);
  });

  it('distinguish requests within one second', async () => {
    renderTab('/requests?live=off');
    const table = await screen.findByRole(
      'table',
      { name: /Individual requests/ },
      SLOW,
    );
    const [, row] = within(table).getAllByRole('row');
    expect(row).toHaveTextContent(/\d\d:\d\d:\d\d\.\d{3}/);
  });

  it('show the same times on the lanes as anywhere else on the page', async () => {
    const end = Date.parse('2026-03-01T13:03:10Z');
    renderTab(
      `/health-checks?tz=utc&range=${new Date(
        end - 3_600_000,
      ).toISOString()}~${new Date(end).toISOString()}`,
    );
    const marks = ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00'];
    const [lanes] = await screen.findAllByText('12:10', {}, SLOW);
    expect(
      [...lanes.parentElement!.children].map(tick => tick.textContent),
    ).toEqual(marks);
    // The chart omits labels that do not fit on this small screen.
    const inChart = [...document.querySelectorAll('tspan')]
      .map(label => label.textContent)
      .filter(text => text?.includes(':'));
    expect(inChart.length).toBeGreaterThan(0);
    expect(marks).toEqual(expect.arrayContaining(inChart));
  });

  it('mark the unfinished step in a sparkline', async () => {
    const demo = createDemoApi();
    renderTab('/overview', {
      api: {
        async getOverview(ref, query) {
          const data = await demo.getOverview(ref, query);
          const lastMs = Date.now() - 20_000;
          return {
            ...data,
            to: new Date(lastMs + 60_000).toISOString(),
            figures: data.figures.map(figure => ({
              ...figure,
              series: [3, 2, 1, 0].map(minutes => ({
                t: new Date(lastMs - minutes * 60_000).toISOString(),
                value: minutes ? 9 : 1,
              })),
            })),
          };
        },
      },
    });
    await screen.findByText('What stands out', {}, SLOW);
    // Three figures are counted per step; health holds until it changes.
    expect(document.querySelectorAll('svg > [data-unfinished]')).toHaveLength(
      3,
    );
  });
});

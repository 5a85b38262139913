import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { DiagnosticsView } from '../diagnostics';

describe('the strip of events', () => {
  it('zooms to an event and back with one click', async () => {
    const getTimeline = jest.fn(createDemoApi().getTimeline);
    renderView(<DiagnosticsView />, '/diagnostics?range=6h', {
      api: { getTimeline },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Scaling: demo-group 3 → 4' }),
    );
    const back = await screen.findByRole('button', { name: 'Back to 6 h' });
    await waitFor(() => {
      const { from, to } = getTimeline.mock.lastCall![1];
      const widthMs = Date.parse(to!) - Date.parse(from!);
      expect(Math.abs(widthMs - 600_000)).toBeLessThanOrEqual(1_000);
    });
    await userEvent.click(back);
    await waitFor(() => expect(back).not.toBeInTheDocument());
    expect(screen.getByRole('button', { name: '6 h' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('counts events that are too close, and open their list on a click', async () => {
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
    renderView(<DiagnosticsView />, '/diagnostics?range=1h', {
      api: { getTimeline },
    });
    const marker = await screen.findByRole('button', {
      name: '3 events, most severe: demo-0 became unhealthy',
    });
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
      await screen.findByRole('button', { name: 'Back to 1 h' }),
    ).toBeInTheDocument();
  });
});

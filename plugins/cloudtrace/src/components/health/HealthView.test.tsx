import { screen, waitFor } from '@testing-library/react';
import type { HealthGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { identityColor } from '../../lib/palette';
import { colorBeside } from '../../testUtils/colorBeside';
import { renderView } from '../../testUtils/renderView';
import { HealthView } from './HealthView';

const demo = createDemoApi();

function renderHealth(change: Partial<HealthGroup>) {
  renderView(<HealthView />, '/health-checks?live=off&tz=utc', {
    api: {
      getHealth: async (ref, query) => {
        const health = await demo.getHealth(ref, query);
        const [group] = health.groups;
        return { ...health, groups: [{ ...group, ...change }] };
      },
    },
  });
}

describe('Health checks', () => {
  it('shows its data', async () => {
    renderView(<HealthView />, '/health-checks');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText(
      'State of each target over time',
    );
    expect(found).toBeInTheDocument();
  });

  it('draws an instance in its own colour', async () => {
    renderView(<HealthView />, '/health-checks?live=off');
    const cells = await waitFor(() => {
      const found = screen
        .getAllByText(/^demo-a2/)
        .filter(element => colorBeside(element));
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(colorBeside(cells[0])).toBe(identityColor('demo-a2', 'light'));
  });

  it('shows the last known states as such when nobody read the targets', async () => {
    const [group] = (
      await demo.getHealth('component:default/demo-service', {} as never)
    ).groups;
    renderHealth({
      status: 'unknown',
      healthy: 2,
      wanted: 2,
      resource: {
        ...group.resource,
        account: 'cluster-a',
        parts: [
          { part: 'targets', readAt: '2026-01-01T12:00:00Z', stale: true },
        ],
      },
    });
    expect(
      await screen.findByText('Last known: 2 of 2 healthy'),
    ).toBeInTheDocument();
    expect(screen.getByText('Last known state')).toBeInTheDocument();
    expect(screen.getByText(/ · cluster-a/)).toBeInTheDocument();
    expect(
      screen.getAllByText(/^Last known: .* healthy, available/),
    ).not.toEqual([]);
  });

  it('does not show a zone that is down under a green header', async () => {
    renderHealth({
      healthy: 2,
      total: 2,
      wanted: 2,
      status: 'degraded',
      remarks: [
        {
          code: 'zone-lost',
          severity: 'warning',
          values: { zone: 'demo-zone-b' },
          text: 'in the words of the backend',
        },
      ],
      zones: [
        {
          zone: 'demo-zone-b',
          targets: 0,
          healthy: 0,
          status: 'down',
          lostAt: '2026-01-01T12:00:00.000Z',
          availability: 0.4,
        },
      ],
    });
    expect(
      await screen.findByText(
        'Zone demo-zone-b is down: its last target failed and was not replaced.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('degraded')).toBeInTheDocument();
    expect(
      screen.getByText(/demo-zone-b: down since .*no targets left/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/0 of 0 healthy/)).not.toBeInTheDocument();
  });

  it('shows that health is not measured', async () => {
    renderHealth({ healthy: 0, total: 2, wanted: 2, status: 'unknown' });
    expect(await screen.findByText('health not measured')).toBeInTheDocument();
  });

  it('shows the times of the chart on the lanes', async () => {
    const end = Date.parse('2026-03-01T13:03:10Z');
    renderView(
      <HealthView />,
      `/health-checks?tz=utc&range=${new Date(
        end - 3_600_000,
      ).toISOString()}~${new Date(end).toISOString()}`,
    );
    const marks = ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00'];
    const [lanes] = await screen.findAllByText('12:10');
    expect(
      [...lanes.parentElement!.children].map(tick => tick.textContent),
    ).toEqual(marks);
    // The chart omits labels that do not fit on this small screen.
    const inChart = await waitFor(() => {
      const labels = [...document.querySelectorAll('tspan')]
        .map(label => label.textContent)
        .filter(text => text?.includes(':'));
      expect(labels.length).toBeGreaterThan(0);
      return labels;
    });
    expect(marks).toEqual(expect.arrayContaining(inChart));
  });
});

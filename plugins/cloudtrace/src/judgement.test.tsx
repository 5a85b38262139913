import { screen } from '@testing-library/react';
import type {
  HealthGroup,
  Judgement,
} from '@cloudtrace/plugin-cloudtrace-common';
import { createDemoApi } from '../dev/DemoCloudtraceApi';
import { errorWithStatus, renderTab } from './testUtils/renderTab';

// The views are loaded lazily, which takes long in jsdom.
jest.setTimeout(180_000);
const SLOW = { timeout: 60_000 };

describe('verdicts in the views', () => {
  const demo = createDemoApi();

  function renderHealth(change: Partial<HealthGroup>) {
    renderTab('/health-checks?live=off&tz=utc', {
      api: {
        getHealth: async (ref, query) => {
          const health = await demo.getHealth(ref, query);
          const [group] = health.groups;
          return { ...health, groups: [{ ...group, ...change }] };
        },
      },
    });
  }

  it('do not show a zone that is down under a green header', async () => {
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
        {},
        SLOW,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('degraded')).toBeInTheDocument();
    expect(
      screen.getByText(/demo-zone-b: down since .*no targets left/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/0 of 0 healthy/)).not.toBeInTheDocument();
  });

  it('show that health is not measured', async () => {
    renderHealth({ healthy: 0, total: 2, wanted: 2, status: 'unknown' });
    expect(
      await screen.findByText('health not measured', {}, SLOW),
    ).toBeInTheDocument();
  });

  it('keep normal scale-ins out of "Is the load even?"', async () => {
    renderTab('/load-distribution?live=off', {
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
    const title = await screen.findByRole(
      'heading',
      { name: 'Is the load even?' },
      SLOW,
    );
    const remarks = title.closest('section')!.querySelectorAll('li');
    expect([...remarks].map(item => item.textContent)).toEqual([
      expect.stringMatching(/^i-0: p95 is 90/),
    ]);
  });

  it("show the state of the service on the overview, and the backend's words for an unknown code", async () => {
    const reasons: Judgement[] = [
      {
        code: 'critical-findings',
        severity: 'warning',
        values: { count: 20 },
        text: '20 critical findings are open',
      },
      {
        code: 'of-a-newer-version',
        severity: 'info',
        values: {},
        text: 'Something new',
      },
    ];
    renderTab('/overview?live=off', {
      api: {
        getOverview: async (ref, query) => ({
          ...(await demo.getOverview(ref, query)),
          status: {
            severity: 'warning',
            reasons,
          },
        }),
      },
    });
    expect(
      await screen.findByText(
        '20 critical findings are open. Something new.',
        {},
        SLOW,
      ),
    ).toBeInTheDocument();
  });

  it('use the singular for one', async () => {
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
      await screen.findByRole('img', { name: '1 unhealthy target' }, SLOW),
    ).toBeInTheDocument();
  });
});

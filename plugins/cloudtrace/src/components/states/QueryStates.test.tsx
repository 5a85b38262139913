import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { errorWithStatus, never } from '../../testUtils/answers';
import { BASE } from '../../testUtils/demoEntity';
import { renderView } from '../../testUtils/renderView';
import { LoadDistributionView } from '../load';
import { RequestsView } from '../requests';
import { HealthView } from '../health';
import { ScalingView } from '../scaling';

describe('states of a view', () => {
  it('show a skeleton while loading', async () => {
    renderView(<LoadDistributionView />, '/load-distribution', {
      api: { getLoadDistribution: never },
    });
    expect(
      await screen.findByRole('status', { name: 'Loading Load distribution' }),
    ).toBeInTheDocument();
  });

  it('show a new user what to do, with a snippet', async () => {
    renderView(<LoadDistributionView />, '/load-distribution?env=demo-empty');
    expect(await screen.findByText('No requests yet')).toBeInTheDocument();
    expect(
      await screen.findByText(/OTEL_EXPORTER_OTLP_ENDPOINT=https/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Open Diagnostics/ }),
    ).toHaveAttribute('href', `${BASE}/diagnostics?env=demo-empty`);
  });

  it('offer the range that has data', async () => {
    const demo = createDemoApi();
    renderView(<LoadDistributionView />, '/load-distribution?range=15m', {
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
    await userEvent.click(await screen.findByText('Show the last 6 h'));
    expect(screen.getByRole('button', { name: '6 h' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('report that something is missing or not permitted, and which permission', async () => {
    renderView(<RequestsView />, '/requests', {
      api: {
        listRequests: async () => {
          throw errorWithStatus('Not found', 404);
        },
      },
    });
    expect(
      await screen.findByText(/cloudtrace\.requests\.read/),
    ).toBeInTheDocument();
  });

  it('report that an entity is not linked, and why', async () => {
    const demo = createDemoApi();
    renderView(<HealthView />, '/health-checks', {
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
      await screen.findByText('Not linked to a fleet'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The annotation names a group of another team.'),
    ).toBeInTheDocument();
  });

  it('show no warning about what a source does not have', async () => {
    const demo = createDemoApi();
    renderView(<HealthView />, '/health-checks', {
      api: {
        getHealth: async (ref, query) => ({
          ...(await demo.getHealth(ref, query)),
          notices: [
            { code: 'not-measured', message: 'There is no metrics-server' },
            { code: 'access-denied', message: 'Pods are denied' },
          ],
        }),
      },
    });
    expect(await screen.findByText('Pods are denied')).toBeInTheDocument();
    expect(screen.queryByText(/metrics-server/)).not.toBeInTheDocument();
  });

  it('recover from an error by a retry', async () => {
    const demo = createDemoApi();
    const getScaling = jest
      .fn(demo.getScaling)
      .mockRejectedValueOnce(errorWithStatus('database is away', 400));
    renderView(<ScalingView />, '/scaling-history?live=off', {
      api: { getScaling },
    });
    expect(await screen.findByText('database is away')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('heading', {
        name: 'Capacity of demo-group in instances',
      }),
    ).toBeInTheDocument();
  });
});

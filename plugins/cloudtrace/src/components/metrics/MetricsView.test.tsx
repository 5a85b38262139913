import { screen } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { MetricsView } from './MetricsView';

describe('Metrics', () => {
  it('shows its data', async () => {
    renderView(<MetricsView />, '/metrics');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText('Demo metrics');
    expect(found).toBeInTheDocument();
  });

  it('says of each metric why it has no value now', async () => {
    const demo = createDemoApi();
    renderView(<MetricsView />, '/metrics', {
      api: {
        getMetrics: async (ref, query) => {
          const data = await demo.getMetrics(ref, query);
          const [{ resourceId, resourceName, seriesId, label }] =
            data.sets[0].series;
          return {
            ...data,
            missing: [
              {
                ...{ resourceId, resourceName, seriesId, label },
                reason: 'No pod runs',
              },
              {
                ...{ resourceId, resourceName: 'worker', seriesId: 'other' },
                label: 'CPU',
                reason: 'Nothing measured the running pods',
              },
            ],
          };
        },
      },
    });
    expect(await screen.findByText('No value now: No pod runs')).toBeVisible();
    expect(
      screen.getByText(
        'CPU of worker has no value: Nothing measured the running pods.',
      ),
    ).toBeVisible();
  });

  it('says where a chart is missing that nothing measures it', async () => {
    const demo = createDemoApi();
    renderView(<MetricsView />, '/metrics', {
      api: {
        getMetrics: async (ref, query) => ({
          ...(await demo.getMetrics(ref, query)),
          notices: [
            {
              code: 'not-measured',
              message: 'There is no metrics-server',
              nextStep: 'Install it',
            },
          ],
        }),
      },
    });
    expect(
      await screen.findByText(
        'There is no metrics-server. Next step: Install it',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

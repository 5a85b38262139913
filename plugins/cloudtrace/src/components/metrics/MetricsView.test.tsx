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

import { screen, waitFor } from '@testing-library/react';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { HealthView } from '../health';
import { DiagnosticsView } from '../diagnostics';

describe('the page of the tab', () => {
  it('requests the environment and range in the URL', async () => {
    const getHealth = jest.fn(createDemoApi().getHealth);
    renderView(
      <HealthView />,
      '/health-checks?env=demo-empty&range=2026-01-01T00:00:00Z~2026-01-01T01:00:00Z',
      { api: { getHealth } },
    );
    await waitFor(() => expect(getHealth).toHaveBeenCalled());
    expect(getHealth.mock.calls[0].slice(0, 2)).toEqual([
      'component:default/demo-service',
      {
        environment: 'demo-empty',
        from: '2026-01-01T00:00:00.000Z',
        to: '2026-01-01T01:00:00.000Z',
      },
    ]);
  });

  it('reports an invalid range in the URL', async () => {
    renderView(<DiagnosticsView />, '/diagnostics?range=yesterday');
    expect(
      await screen.findByText(/time range “yesterday” in the URL is not valid/),
    ).toBeInTheDocument();
  });
});

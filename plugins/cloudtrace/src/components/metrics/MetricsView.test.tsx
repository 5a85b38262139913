import { screen } from '@testing-library/react';
import { renderView } from '../../testUtils/renderView';
import { MetricsView } from './MetricsView';

describe('Metrics', () => {
  it('shows its data', async () => {
    renderView(<MetricsView />, '/metrics');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText('Demo metrics');
    expect(found).toBeInTheDocument();
  });
});

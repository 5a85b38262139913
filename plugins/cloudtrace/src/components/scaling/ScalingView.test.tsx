import { screen } from '@testing-library/react';
import { renderView } from '../../testUtils/renderView';
import { ScalingView } from './ScalingView';

describe('Scaling history', () => {
  it('shows its data', async () => {
    renderView(<ScalingView />, '/scaling-history');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText(
      'Capacity of demo-group in instances',
    );
    expect(found).toBeInTheDocument();
  });
});

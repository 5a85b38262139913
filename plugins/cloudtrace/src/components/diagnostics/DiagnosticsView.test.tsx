import { screen } from '@testing-library/react';
import { renderView } from '../../testUtils/renderView';
import { DiagnosticsView } from './DiagnosticsView';

describe('Diagnostics', () => {
  it('shows its data', async () => {
    renderView(<DiagnosticsView />, '/diagnostics');
    // A chart repeats its title for screen readers.
    const [found] = await screen.findAllByText('How to send requests');
    expect(found).toBeInTheDocument();
  });
});

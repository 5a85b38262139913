import { screen, waitFor } from '@testing-library/react';
import { errorWithStatus } from '../../testUtils/answers';
import { renderTab } from '../../testUtils/renderTab';

describe('the card on the overview', () => {
  it('sums up the last hour', async () => {
    renderTab('/', { card: true });
    expect(await screen.findByText('Last hour, demo')).toBeInTheDocument();
    expect(
      screen.getByText('2 of 4 targets healthy · 2 zones · Load: Uneven'),
    ).toBeInTheDocument();
    expect(screen.getByText(/1 of 4 targets is unhealthy/)).toBeInTheDocument();
  });

  it('is hidden from viewers without permission', async () => {
    const getOverview = jest.fn(async () => {
      throw errorWithStatus('Not found', 404);
    });
    renderTab('/', { card: true, api: { getOverview } });
    await waitFor(() => expect(getOverview).toHaveBeenCalled());
    await waitFor(() =>
      expect(screen.queryByText('CloudTrace')).not.toBeInTheDocument(),
    );
  });
});

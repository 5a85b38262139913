import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderView } from '../../testUtils/renderView';
import { DiagnosticsView } from '../diagnostics';

describe('the dialog of ingest tokens', () => {
  it('shows the secret of a new token once', async () => {
    renderView(<DiagnosticsView />, '/diagnostics?live=off&tokens=open');
    const dialog = await screen.findByRole('dialog', { name: 'Ingest tokens' });
    await userEvent.type(
      await within(dialog).findByRole('textbox', { name: /Name/ }),
      'orders',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Create token' }),
    );
    expect(
      await within(dialog).findByText('ctk_demo-secret-that-opens-nothing'),
    ).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Done' }));
    expect(
      within(dialog).queryByText(/ctk_demo-secret/),
    ).not.toBeInTheDocument();
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../../dev/DemoCloudtraceApi';
import { renderView } from '../../testUtils/renderView';
import { SecurityView } from './SecurityView';

describe('Security scans', () => {
  it.each(['Prototype pollution in demo-parser', 'incomplete'])(
    'shows its data: %s',
    async text => {
      renderView(<SecurityView />, '/security-scans');
      // A chart repeats its title for screen readers.
      const [found] = await screen.findAllByText(text);
      expect(found).toBeInTheDocument();
    },
  );

  it('accepts a risk only with reason, owner and expiry', async () => {
    const triageFinding = jest.fn(createDemoApi().triageFinding);
    renderView(
      <SecurityView />,
      '/security-scans?live=off&finding=00000000-0000-4000-8000-000000000001',
      { api: { triageFinding } },
    );
    const drawer = await screen.findByRole('dialog', { name: 'Finding' });
    expect(
      await within(drawer).findByText(/<b>Markup is shown as text\.<\/b>/),
    ).toBeInTheDocument();
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Accept the risk' }),
    );
    const save = await within(drawer).findByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await userEvent.type(
      within(drawer).getByRole('textbox', { name: /Reason/ }),
      'not reachable',
    );
    await waitFor(() => expect(save).toBeEnabled());
    await userEvent.click(save);
    await waitFor(() => expect(triageFinding).toHaveBeenCalled());
    expect(triageFinding.mock.calls[0][2]).toEqual({
      state: 'accepted',
      reason: 'not reachable',
      owner: 'user:default/guest',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/),
    });
  });
});

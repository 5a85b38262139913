import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { serve, show, type SentRequest } from '../testUtils';
import AdminPage from './AdminPage';

const category = { id: 'c1', slug: 'kitchen', name: 'Kitchen' };
const mug = {
  id: 'p1',
  slug: 'mug',
  name: 'Mug',
  description: 'Holds tea',
  priceCents: 1_800,
  stock: 12,
  art: 'mug',
  hue: 20,
  active: true,
  category,
};

afterEach(() => vi.unstubAllGlobals());

/** A shop with one product, and the role of who is signed in. */
function shop(role: string, write: { status: number; body?: unknown }) {
  return serve(({ method, path }) => {
    if (method !== 'GET') return write;
    if (path === '/api/session') {
      return { body: { user: { id: 'u', name: 'Ada', role } } };
    }
    if (path === '/api/categories') return { body: [category] };
    return { body: { items: [mug] } };
  });
}

const writes = (sent: SentRequest[]) =>
  sent
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => ({ method, path, body }));

async function fill(label: string, text: string) {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

it('shows nothing of the shop to a customer', async () => {
  const sent = shop('customer', { status: 403 });
  show(<AdminPage />);
  await screen.findByText('Only administrators see this page.');
  expect(screen.queryByRole('button')).toBeNull();
  expect(sent.map(({ path }) => path)).toEqual(['/api/session']);
});

it('adds a product, and keeps the form open with the reason if it is refused', async () => {
  const sent = shop('admin', {
    status: 409,
    body: { title: 'Slug is in use', detail: 'Choose another one' },
  });
  show(<AdminPage />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Add a product' }),
  );
  await fill('Name', 'Teapot');
  await fill('Slug', 'teapot');
  await fill('Price in euros', '24.5');
  await fill('Stock', '7');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await screen.findByText(/Choose another one/);
  expect(screen.getByRole('dialog')).toBeInTheDocument();
  expect(writes(sent)).toMatchObject([
    {
      method: 'POST',
      path: '/api/admin/products',
      body: {
        name: 'Teapot',
        slug: 'teapot',
        priceCents: 2_450,
        stock: 7,
        active: true,
      },
    },
  ]);
});

it('changes the stock from what the form showed', async () => {
  const sent = shop('admin', { status: 200, body: mug });
  show(<AdminPage />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Edit Mug' }),
  );
  await fill('Stock', '20');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(writes(sent)).toMatchObject([
    { path: '/api/admin/products/p1', body: { stock: { from: 12, to: 20 } } },
  ]);
});

it('deletes a product only after a confirmation', async () => {
  const sent = shop('admin', { status: 204 });
  const confirm = vi.fn(() => false);
  vi.stubGlobal('confirm', confirm);
  show(<AdminPage />);
  const button = await screen.findByRole('button', { name: 'Delete Mug' });
  await userEvent.click(button);
  expect(writes(sent)).toEqual([]);

  confirm.mockReturnValue(true);
  await userEvent.click(button);
  await waitFor(() =>
    expect(writes(sent)).toMatchObject([
      { method: 'DELETE', path: '/api/admin/products/p1' },
    ]),
  );
});

import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { serve, show } from '../testUtils';
import CartDrawer from './CartDrawer';

afterEach(() => vi.unstubAllGlobals());

const item = {
  productId: 'p1',
  slug: 'mug',
  name: 'Mug',
  art: 'mug',
  hue: 20,
  priceCents: 1_800,
  available: 2,
};

function cartOf(quantity: number) {
  return {
    items: quantity ? [{ ...item, quantity }] : [],
    totalCents: quantity * item.priceCents,
  };
}

it('changes quantities, and says when there are too few', async () => {
  const sent = serve(({ body }) => ({
    body: cartOf((body as { quantity: number } | undefined)?.quantity ?? 2),
  }));
  show(<CartDrawer onClose={() => undefined} />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'One more' }),
  );

  expect(
    await screen.findByText('Only 2 left: reduce the quantity'),
  ).toBeVisible();
  expect(screen.getAllByText('€54.00')).toHaveLength(2);
  expect(sent.at(-1)).toMatchObject({
    method: 'PUT',
    path: '/api/cart/items/p1',
    body: { quantity: 3 },
  });
});

it('removes a product', async () => {
  const sent = serve(({ method }) => ({
    body: cartOf(method === 'DELETE' ? 0 : 1),
  }));
  show(<CartDrawer onClose={() => undefined} />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Remove Mug' }),
  );
  expect(await screen.findByText(/Nothing here yet/)).toBeVisible();
  expect(sent.at(-1)).toMatchObject({
    method: 'DELETE',
    path: '/api/cart/items/p1',
  });
});

it('closes with Escape', async () => {
  const onClose = vi.fn();
  serve(() => ({ body: cartOf(1) }));
  show(<CartDrawer onClose={onClose} />);
  await screen.findByText('Mug');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(onClose).toHaveBeenCalled());
});

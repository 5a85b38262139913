import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serve, show, type SentRequest } from '../testUtils';
import CheckoutPage from './CheckoutPage';

const item = {
  productId: 'p1',
  slug: 'mug',
  name: '<b>Mug</b>',
  art: 'mug',
  hue: 20,
  priceCents: 1_800,
  quantity: 2,
  available: 10,
};
const address = {
  name: '<img src=x onerror=alert(1)>',
  line1: '1 Main Street',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
const order = { id: 'o1', number: 7, status: 'placed', items: [], events: [] };

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

function shop(
  placeOrder: (attempt: number) => { status: number; body?: unknown },
) {
  let attempts = 0;
  return serve(({ method, path }) => {
    if (method === 'POST') return placeOrder((attempts += 1));
    if (path === '/api/session') {
      return { body: { user: { id: 'u', name: 'Ada', role: 'customer' } } };
    }
    if (path === '/api/cart')
      return { body: { items: [item], totalCents: 3_600 } };
    return { body: { addresses: { shipping: address } } };
  });
}

const checkouts = (sent: SentRequest[]) =>
  sent.filter(({ method }) => method === 'POST');

it('repeats a checkout without an answer with the same key, until an instance answers', async () => {
  const sent = shop(attempt =>
    attempt === 1
      ? { status: 0 }
      : attempt === 2
        ? { status: 503 }
        : { status: 201, body: order },
  );
  show(<CheckoutPage />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Place the order' }),
  );

  await waitFor(() => expect(location.pathname).toBe('/orders/o1'), {
    timeout: 5_000,
  });
  const keys = checkouts(sent).map(({ headers }) =>
    headers.get('idempotency-key'),
  );
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(checkouts(sent)[0]?.body).toEqual({
    shippingAddress: address,
    billingAddress: address,
  });
});

it('shows why an order is refused, and does not repeat it', async () => {
  const sent = shop(() => ({
    status: 409,
    body: { title: 'Out of stock', detail: 'Mug: 1 left' },
  }));
  show(<CheckoutPage />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Place the order' }),
  );
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Out of stock. Mug: 1 left',
  );
  expect(checkouts(sent)).toHaveLength(1);
});

it('shows markup in names and addresses as text', async () => {
  shop(() => ({ status: 201, body: order }));
  const { container } = show(<CheckoutPage />);
  expect(await screen.findByText(/<b>Mug<\/b>/)).toBeInTheDocument();
  expect(screen.getByLabelText('Full name')).toHaveValue(address.name);
  expect(container.querySelector('b, img')).toBeNull();
});

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

const cartOf = (version: string, quantity = 2) => ({
  items: [{ ...item, quantity }],
  totalCents: item.priceCents * quantity,
  version,
});

function shop(
  placeOrder: (attempt: number) => { status: number; body?: unknown },
  cart: () => unknown = () => cartOf('cart-1'),
) {
  let attempts = 0;
  return serve(({ method, path }) => {
    if (method === 'POST') return placeOrder((attempts += 1));
    if (path === '/api/session') {
      return { body: { user: { id: 'u', name: 'Ada', role: 'customer' } } };
    }
    if (path === '/api/cart') return { body: cart() };
    return { body: { addresses: { shipping: address } } };
  });
}

const checkouts = (sent: SentRequest[]) =>
  sent.filter(({ method }) => method === 'POST');

const keysOf = (sent: SentRequest[]) =>
  checkouts(sent).map(({ headers }) => headers.get('idempotency-key'));

const placeOrder = async () =>
  userEvent.click(
    await screen.findByRole('button', { name: 'Place the order' }),
  );

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
  const keys = keysOf(sent);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(checkouts(sent)[0]?.body).toEqual({
    shippingAddress: address,
    billingAddress: address,
    cartVersion: 'cart-1',
  });
});

it('orders another cart with another key, although the first order has no answer yet', async () => {
  let version = 'cart-1';
  const sent = shop(
    () => ({ status: 500 }),
    () => cartOf(version),
  );
  const first = show(<CheckoutPage />);
  await placeOrder();
  await screen.findByRole('alert');
  first.unmount();
  const reloaded = show(<CheckoutPage />);
  await placeOrder();
  await screen.findByRole('alert');
  reloaded.unmount();
  version = 'cart-2';
  show(<CheckoutPage />);
  await placeOrder();
  await screen.findByRole('alert');

  const [one, again, other] = keysOf(sent);
  expect(again).toBe(one);
  expect(other).not.toBe(one);
  expect(checkouts(sent)[2]?.body).toMatchObject({ cartVersion: 'cart-2' });
});

it('shows the new price when the cart changed, and orders that one next', async () => {
  let version = 'cart-1';
  const sent = shop(
    attempt => {
      version = 'cart-2';
      return attempt === 1
        ? {
            status: 409,
            body: { title: 'Cart changed', detail: 'Check the cart' },
          }
        : { status: 201, body: order };
    },
    () => cartOf(version, version === 'cart-1' ? 2 : 5),
  );
  show(<CheckoutPage />);
  await placeOrder();
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Cart changed. Check the cart',
  );
  expect(await screen.findByText(/5 ×/)).toBeInTheDocument();
  await placeOrder();
  await waitFor(() => expect(location.pathname).toBe('/orders/o1'));
  expect(
    checkouts(sent).map(
      ({ body }) => (body as { cartVersion: string }).cartVersion,
    ),
  ).toEqual(['cart-1', 'cart-2']);
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

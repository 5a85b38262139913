import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useLocation } from 'wouter';
import { ApiError } from '../api/ApiError';
import { request } from '../api/request';
import type { Addresses, Cart, Order } from '../api/types';
import { useCart } from '../api/useCart';
import { AddressFields, readAddress } from '../components/AddressFields';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Price } from '../components/Price';
import { SignInFirst } from '../components/SignInFirst';

export default function CheckoutPage() {
  return (
    <SignInFirst to="check out" back="/checkout">
      <Checkout />
    </SignInFirst>
  );
}

function Checkout() {
  const cart = useCart();
  const profile = useQuery({
    queryKey: ['profile'],
    queryFn: () => request<{ addresses: Addresses }>('GET', '/api/profile'),
  });
  const error = cart.error ?? profile.error;
  if (error) return <ErrorNote error={error} />;
  if (!cart.data || !profile.data) return <Loading />;
  return <CheckoutForm cart={cart.data} addresses={profile.data.addresses} />;
}

function CheckoutForm(props: { cart: Cart; addresses: Addresses }) {
  const { cart, addresses } = props;
  const [sameBilling, setSameBilling] = useState(!addresses.billing);
  const order = usePlaceOrder();
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const shippingAddress = readAddress(form, 'shipping');
    order.mutate({
      shippingAddress,
      billingAddress: sameBilling
        ? shippingAddress
        : readAddress(form, 'billing'),
      cartVersion: cart.version,
    });
  };

  return (
    <form
      onSubmit={onSubmit}
      className="grid gap-8 pt-8 lg:grid-cols-[1fr_22rem] lg:items-start"
    >
      <div>
        <h1 className="font-display text-3xl tracking-tight">Checkout</h1>
        <h2 className="mt-8 mb-4 text-lg font-medium">Shipping address</h2>
        <AddressFields prefix="shipping" value={addresses.shipping} />
        <label className="mt-6 flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 accent-(--accent)"
            checked={sameBilling}
            onChange={event => setSameBilling(event.target.checked)}
          />
          The billing address is the same
        </label>
        {!sameBilling && (
          <>
            <h2 className="mt-6 mb-4 text-lg font-medium">Billing address</h2>
            <AddressFields prefix="billing" value={addresses.billing} />
          </>
        )}
      </div>
      <aside className="rounded-3xl border border-line bg-panel p-6 lg:sticky lg:top-24">
        <h2 className="text-lg font-medium">Your order</h2>
        <Summary cart={cart} />
        {order.failureCount > 0 && order.isPending && (
          <p role="status" className="mb-3 text-sm text-warning">
            The shop does not answer. Trying again; you will not be charged
            twice.
          </p>
        )}
        <ErrorNote error={order.error} />
        <Button
          type="submit"
          className="w-full"
          disabled={order.isPending || cart.items.length === 0}
        >
          {order.isPending ? 'Placing the order…' : 'Place the order'}
        </Button>
        <p className="mt-3 text-center text-xs text-soft">
          Payment on invoice, within 14 days.
        </p>
      </aside>
    </form>
  );
}

function Summary({ cart }: { cart: Cart }) {
  if (cart.items.length === 0) {
    return <p className="my-4 text-soft">The cart is empty.</p>;
  }
  return (
    <ul className="my-4 grid gap-2 text-sm">
      {cart.items.map(item => (
        <li key={item.productId} className="flex justify-between gap-4">
          <span>
            {item.quantity} × {item.name}
          </span>
          <Price cents={item.priceCents * item.quantity} />
        </li>
      ))}
      <li className="mt-2 flex justify-between gap-4 border-t border-line pt-3 text-base font-medium">
        <span>Total</span>
        <Price cents={cart.totalCents} />
      </li>
    </ul>
  );
}

interface Checkout {
  shippingAddress: Order['shippingAddress'];
  billingAddress: Order['billingAddress'];
  cartVersion: Cart['version'];
}

/** Places an order once, however often the request has to be repeated. */
function usePlaceOrder() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (checkout: Checkout) =>
      request<Order>('POST', '/api/orders', {
        body: checkout,
        headers: { 'idempotency-key': keyOf(checkout) },
      }),
    onError: async error => {
      // Refused because of the cart: shows it as it is now.
      if (error instanceof ApiError && error.status === 409) {
        await client.invalidateQueries({ queryKey: ['cart'] });
      }
    },
    onSuccess: async order => {
      sessionStorage.removeItem(storageKey);
      client.setQueryData(['order', order.id], order);
      await Promise.all(
        ['cart', 'orders', 'products', 'product'].map(name =>
          client.invalidateQueries({ queryKey: [name] }),
        ),
      );
      navigate(`/orders/${order.id}`);
    },
  });
}

const storageKey = 'checkout';

/**
 * The same key for the same cart and addresses until the order is placed, also after the page was loaded again. Another
 * cart is another order.
 */
function keyOf(checkout: Checkout): string {
  const wanted = JSON.stringify(checkout);
  const [key, stored] = sessionStorage.getItem(storageKey)?.split('\n') ?? [];
  if (key && stored === wanted) return key;
  const fresh = newKey();
  sessionStorage.setItem(storageKey, `${fresh}\n${wanted}`);
  return fresh;
}

/** `crypto.randomUUID` exists only over HTTPS and on localhost. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), word =>
    word.toString(36),
  ).join('-');

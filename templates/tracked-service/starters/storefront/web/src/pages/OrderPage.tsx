import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { Link } from 'wouter';
import { request } from '../api/request';
import type { Order } from '../api/types';
import { AddressText } from '../components/AddressFields';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Moment } from '../components/Moment';
import { OrderStatusBadge, statusLabel } from '../components/OrderStatusBadge';
import { Price } from '../components/Price';
import { ProductArt } from '../components/ProductArt';
import { SignInFirst } from '../components/SignInFirst';

export default function OrderPage({ id }: { id: string }) {
  return (
    <SignInFirst to="see your order" back={`/orders/${id}`}>
      <OrderDetails id={id} />
    </SignInFirst>
  );
}

function OrderDetails({ id }: { id: string }) {
  const { data: order, error } = useQuery({
    queryKey: ['order', id],
    queryFn: () =>
      request<Order>('GET', `/api/orders/${encodeURIComponent(id)}`),
  });
  if (error) return <ErrorNote error={error} />;
  if (!order) return <Loading />;
  return (
    <article className="mx-auto max-w-3xl animate-rise pt-8">
      <Link href="/orders" className="text-sm text-soft underline">
        All orders
      </Link>
      <h1 className="mt-2 flex flex-wrap items-center gap-3 font-display text-3xl tracking-tight">
        Order {order.number} <OrderStatusBadge status={order.status} />
      </h1>
      <p className="mt-1 text-sm text-soft">
        <Moment at={order.createdAt} /> · stored by instance{' '}
        <code>{order.instanceId}</code>
      </p>
      <Items order={order} />
      <div className="mt-8 grid gap-8 sm:grid-cols-3">
        <History events={order.events} />
        <section>
          <h2 className="mb-2 font-medium">Shipping address</h2>
          <AddressText address={order.shippingAddress} />
        </section>
        <section>
          <h2 className="mb-2 font-medium">Billing address</h2>
          <AddressText address={order.billingAddress} />
        </section>
      </div>
    </article>
  );
}

function Items({ order }: { order: Order }) {
  return (
    <ul className="mt-6 divide-y divide-line rounded-3xl border border-line bg-panel px-5">
      {order.items.map(item => (
        <li key={item.productId} className="flex items-center gap-4 py-4">
          <ProductArt
            art={item.art}
            hue={item.hue}
            className="size-14 shrink-0 rounded-xl"
          />
          <span className="min-w-0 flex-1">
            {item.quantity} × {item.name}
          </span>
          <Price cents={item.priceCents * item.quantity} />
        </li>
      ))}
      <li className="flex justify-between py-4 text-lg font-medium">
        <span>Total</span>
        <Price cents={order.totalCents} />
      </li>
    </ul>
  );
}

function History({ events }: { events: Order['events'] }) {
  return (
    <section>
      <h2 className="mb-2 font-medium">History</h2>
      <ol className="grid gap-2">
        {events.map(event => (
          <li key={event.status} className="flex items-start gap-2">
            <Check size={17} aria-hidden className="mt-1 text-accent" />
            <span>
              {statusLabel(event.status)}
              <span className="block text-sm text-soft">
                <Moment at={event.at} />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { request } from '../api/request';
import type { OrderPage } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Moment } from '../components/Moment';
import { OrderStatusBadge } from '../components/OrderStatusBadge';
import { Price } from '../components/Price';
import { SignInFirst } from '../components/SignInFirst';

export default function OrdersPage() {
  return (
    <SignInFirst to="see your orders" back="/orders">
      <Orders />
    </SignInFirst>
  );
}

function Orders() {
  const query = useInfiniteQuery({
    queryKey: ['orders'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      request<OrderPage>(
        'GET',
        `/api/orders${pageParam && `?cursor=${pageParam}`}`,
      ),
    getNextPageParam: page => page.nextCursor,
  });
  if (query.error) return <ErrorNote error={query.error} />;
  if (!query.data) return <Loading />;
  const orders = query.data.pages.flatMap(page => page.items);
  return (
    <section className="mx-auto max-w-3xl pt-8">
      <h1 className="font-display text-3xl tracking-tight">Orders</h1>
      {orders.length === 0 && (
        <p className="py-10 text-soft">You have not ordered anything yet.</p>
      )}
      <ul className="mt-6 grid gap-3">
        {orders.map(order => (
          <li key={order.id}>
            <Link
              href={`/orders/${order.id}`}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-2xl border border-line bg-panel p-4 hover:bg-sunken"
            >
              <span className="font-medium">Order {order.number}</span>
              <OrderStatusBadge status={order.status} />
              <span className="text-sm text-soft">
                <Moment at={order.createdAt} />
              </span>
              <span className="ml-auto">
                <Price cents={order.totalCents} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="quiet"
          className="mt-6"
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}

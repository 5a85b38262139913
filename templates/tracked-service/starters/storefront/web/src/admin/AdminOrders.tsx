import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from '../api/request';
import type { OrderPage, OrderStatus, OrderSummary } from '../api/types';
import { Button } from '../components/Button';
import { ErrorNote } from '../components/ErrorNote';
import { Loading } from '../components/Loading';
import { Moment } from '../components/Moment';
import { OrderStatusBadge } from '../components/OrderStatusBadge';
import { Price } from '../components/Price';

/** The next steps that the buttons offer; the service has the last word. */
const steps: Record<OrderStatus, OrderStatus[]> = {
  placed: ['packed', 'cancelled'],
  packed: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

const actions: Record<OrderStatus, string> = {
  placed: 'Mark as placed',
  packed: 'Mark as packed',
  shipped: 'Mark as shipped',
  delivered: 'Mark as delivered',
  cancelled: 'Cancel',
};

export function AdminOrders() {
  const query = useInfiniteQuery({
    queryKey: ['admin', 'orders'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      request<OrderPage>(
        'GET',
        `/api/admin/orders${pageParam && `?cursor=${pageParam}`}`,
      ),
    getNextPageParam: page => page.nextCursor,
  });
  if (query.error) return <ErrorNote error={query.error} />;
  if (!query.data) return <Loading />;
  const orders = query.data.pages.flatMap(page => page.items);
  if (orders.length === 0) return <p className="text-soft">No orders yet.</p>;
  return (
    <>
      <ul className="grid gap-2">
        {orders.map(order => (
          <Row key={order.id} order={order} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="quiet"
          className="mt-5"
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}

function Row({ order }: { order: OrderSummary }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (status: OrderStatus) =>
      request('PATCH', `/api/admin/orders/${order.id}`, { body: { status } }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <li className="rounded-2xl border border-line bg-panel p-3">
      <div className="flex flex-wrap items-center gap-3">
        <span className="font-medium">Order {order.number}</span>
        <OrderStatusBadge status={order.status} />
        <span className="flex-1 text-sm text-soft">
          <Moment at={order.createdAt} /> · <Price cents={order.totalCents} />
        </span>
        <div className="flex gap-2 max-sm:w-full max-sm:justify-end">
          {steps[order.status].map(status => (
            <Button
              key={status}
              look={status === 'cancelled' ? 'danger' : 'quiet'}
              aria-label={`${actions[status]}: order ${order.number}`}
              disabled={change.isPending}
              onClick={() => change.mutate(status)}
            >
              {actions[status]}
            </Button>
          ))}
        </div>
      </div>
      <ErrorNote error={change.error} />
    </li>
  );
}

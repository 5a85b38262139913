import type { OrderStatus } from '../api/types';

const labels: Record<OrderStatus, string> = {
  placed: 'Placed',
  packed: 'Packed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
};

export const statusLabel = (status: OrderStatus) => labels[status];

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const tone =
    status === 'cancelled'
      ? 'border-danger/50 text-danger'
      : 'border-accent/50 text-accent';
  return (
    <span className={`rounded-full border px-2.5 py-0.5 text-xs ${tone}`}>
      {statusLabel(status)}
    </span>
  );
}

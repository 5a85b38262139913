import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './request';
import type { Cart } from './types';

const queryKey = ['cart'];

export function useCart() {
  return useQuery({
    queryKey,
    queryFn: () => request<Cart>('GET', '/api/cart'),
  });
}

/** Sets how many of a product are in the cart; 0 removes it. */
export function useSetQuantity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ productId, quantity }: QuantityChange) =>
      quantity > 0
        ? request<Cart>('PUT', `/api/cart/items/${productId}`, {
            body: { quantity },
          })
        : request<Cart>('DELETE', `/api/cart/items/${productId}`),
    onSuccess: cart => client.setQueryData(queryKey, cart),
  });
}

interface QuantityChange {
  productId: string;
  quantity: number;
}

export function countItems(cart: Cart | undefined): number {
  return cart?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0;
}

import { createHash } from 'node:crypto';

/** What a customer agrees to buy. */
interface PricedItem {
  readonly productId: string;
  readonly quantity: number;
  readonly priceCents: number;
  readonly addedAt: Date;
}

/**
 * Changes with every item, quantity and price. The moment at which an item was added distinguishes a cart from an earlier
 * one with the same content, which was bought already.
 */
export function versionOf(items: readonly PricedItem[]): string {
  const lines = items.map(({ productId, quantity, priceCents, addedAt }) =>
    [productId, quantity, priceCents, addedAt.getTime()].join(' '),
  );
  return createHash('sha256')
    .update(lines.sort().join('\n'))
    .digest('base64url');
}

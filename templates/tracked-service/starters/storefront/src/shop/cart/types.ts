import { Type, type Static } from 'typebox';

export const QuantitySchema = Type.Integer({ minimum: 1, maximum: 99 });

/** A SHA-256, see `versionOf`. */
export const CartVersionSchema = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
});

export const CartItemSchema = Type.Object({
  productId: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  art: Type.String(),
  hue: Type.Integer(),
  priceCents: Type.Integer(),
  quantity: QuantitySchema,
  /** How many can be bought now; 0 also for a product that is no longer sold. */
  available: Type.Integer(),
});

export const CartSchema = Type.Object({
  items: Type.Array(CartItemSchema),
  totalCents: Type.Integer(),
  /** A checkout sends it back, and buys exactly this cart or nothing. */
  version: CartVersionSchema,
});
export type Cart = Static<typeof CartSchema>;

import { Type, type Static } from 'typebox';

export const QuantitySchema = Type.Integer({ minimum: 1, maximum: 99 });

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
});
export type Cart = Static<typeof CartSchema>;

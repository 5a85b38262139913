import { Type, type Static } from 'typebox';
import { AddressSchema } from '../accounts/types.js';
import { CartVersionSchema } from '../cart/types.js';
import { orderStatuses } from '../database/schema.js';

export const OrderStatusSchema = Type.Enum([...orderStatuses]);
export type OrderStatus = (typeof orderStatuses)[number];

export const OrderSummarySchema = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  status: OrderStatusSchema,
  totalCents: Type.Integer(),
  createdAt: Type.String({ format: 'date-time' }),
});
export type OrderSummary = Static<typeof OrderSummarySchema>;

export const OrderSchema = Type.Object({
  ...OrderSummarySchema.properties,
  shippingAddress: AddressSchema,
  billingAddress: AddressSchema,
  instanceId: Type.String(),
  items: Type.Array(
    Type.Object({
      productId: Type.String(),
      name: Type.String(),
      priceCents: Type.Integer(),
      quantity: Type.Integer(),
      art: Type.String(),
      hue: Type.Integer(),
    }),
  ),
  events: Type.Array(
    Type.Object({
      status: OrderStatusSchema,
      at: Type.String({ format: 'date-time' }),
    }),
  ),
});
export type Order = Static<typeof OrderSchema>;

/** No prices: they come from the catalogue. The version of the cart stands for what the customer saw. */
export const CheckoutSchema = Type.Object(
  {
    shippingAddress: AddressSchema,
    billingAddress: AddressSchema,
    cartVersion: CartVersionSchema,
  },
  { additionalProperties: false },
);
export type Checkout = Static<typeof CheckoutSchema>;

/** What may follow each status. */
export const nextStatuses: Record<OrderStatus, readonly OrderStatus[]> = {
  placed: ['packed', 'cancelled'],
  packed: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

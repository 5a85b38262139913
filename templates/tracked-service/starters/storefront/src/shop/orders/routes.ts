import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { toPage } from '../catalogue/routes.js';
import type { ShopDatabase } from '../database/ShopDatabase.js';
import { requireUser, userOf } from '../sessions/sessionOfRequest.js';
import type { OrderStore } from './OrderStore.js';
import { placeOrder } from './placeOrder.js';
import { CheckoutSchema, OrderSchema, OrderSummarySchema } from './types.js';

export const OrderQuery = Type.Object({
  limit: Type.Integer({ default: 20, minimum: 1, maximum: 100 }),
  cursor: Type.Optional(Type.String({ format: 'uuid' })),
});
export const OrderPage = Type.Object({
  items: Type.Array(OrderSummarySchema),
  nextCursor: Type.Optional(Type.String()),
});
export const OrderParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
});
const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.String({
    minLength: 8,
    maxLength: 255,
    pattern: '^[\\x21-\\x7E]+$',
  }),
});

/** The user's own orders. */
export const orderRoutes: FastifyPluginAsyncTypebox<{
  database: ShopDatabase;
  orders: OrderStore;
  instanceId: string;
}> = async (app, { database, orders, instanceId }) => {
  app.addHook('onRequest', requireUser);

  app.post(
    '/api/orders',
    {
      schema: {
        summary: 'Buy what is in the cart',
        headers: IdempotencyHeaders,
        body: CheckoutSchema,
        response: { 201: OrderSchema },
      },
    },
    async (request, reply) => {
      const userId = userOf(request).id;
      const placed = await placeOrder({
        database,
        instanceId,
        userId,
        idempotencyKey: request.headers['idempotency-key'],
        checkout: request.body,
      });
      if (placed.replayed) reply.header('idempotency-replayed', 'true');
      return reply
        .code(201)
        .header('location', `/api/orders/${placed.orderId}`)
        .send(await orders.find(placed.orderId, userId));
    },
  );

  app.get(
    '/api/orders',
    {
      schema: {
        summary: 'List orders, newest first',
        querystring: OrderQuery,
        response: { 200: OrderPage },
      },
    },
    async request => {
      const { limit, cursor } = request.query;
      const userId = userOf(request).id;
      return toPage(await orders.list({ userId, limit, after: cursor }), limit);
    },
  );

  app.get(
    '/api/orders/:id',
    {
      schema: {
        summary: 'One order with its history',
        params: OrderParams,
        response: { 200: OrderSchema },
      },
    },
    async request => orders.find(request.params.id, userOf(request).id),
  );
};

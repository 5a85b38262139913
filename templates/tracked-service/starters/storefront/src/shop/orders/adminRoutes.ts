import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { toPage } from '../catalogue/routes.js';
import { requireAdmin } from '../sessions/sessionOfRequest.js';
import type { OrderStore } from './OrderStore.js';
import { OrderPage, OrderParams, OrderQuery } from './routes.js';
import { OrderSchema, OrderStatusSchema } from './types.js';

/** Everybody's orders, for administrators. */
export const orderAdminRoutes: FastifyPluginAsyncTypebox<{
  orders: OrderStore;
}> = async (app, { orders }) => {
  app.addHook('onRequest', requireAdmin);

  app.get(
    '/api/admin/orders',
    {
      schema: {
        summary: "List everybody's orders, newest first",
        querystring: OrderQuery,
        response: { 200: OrderPage },
      },
    },
    async request => {
      const { limit, cursor } = request.query;
      return toPage(await orders.list({ limit, after: cursor }), limit);
    },
  );

  app.get(
    '/api/admin/orders/:id',
    {
      schema: {
        summary: "Anybody's order",
        params: OrderParams,
        response: { 200: OrderSchema },
      },
    },
    async request => orders.find(request.params.id),
  );

  app.patch(
    '/api/admin/orders/:id',
    {
      schema: {
        summary: 'Change the status of an order',
        params: OrderParams,
        body: Type.Object(
          { status: OrderStatusSchema },
          { additionalProperties: false },
        ),
        response: { 200: OrderSchema },
      },
    },
    async request => {
      await orders.changeStatus(request.params.id, request.body.status);
      return orders.find(request.params.id);
    },
  );
};

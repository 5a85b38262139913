import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AttemptLimiter } from '../limits/AttemptLimiter.js';
import type { SessionCookie } from '../sessions/sessionCookie.js';
import { clientOf } from '../sessions/sessionOfRequest.js';
import type { Session, SessionStore } from '../sessions/SessionStore.js';
import type { CartStore } from './CartStore.js';
import { CartSchema, QuantitySchema } from './types.js';

const ProductParams = Type.Object({
  productId: Type.String({ format: 'uuid' }),
});

const guestWindowSeconds = 3_600;

/** The visitor's own cart. */
export const cartRoutes: FastifyPluginAsyncTypebox<{
  carts: CartStore;
  sessions: SessionStore;
  cookie: SessionCookie;
  limiter: AttemptLimiter;
  guestsPerAddress: number;
}> = async (app, options) => {
  const { carts, sessions, cookie, limiter, guestsPerAddress } = options;
  app.get(
    '/api/cart',
    { schema: { summary: 'The cart', response: { 200: CartSchema } } },
    async request => carts.read(request.session),
  );

  app.put(
    '/api/cart/items/:productId',
    {
      schema: {
        summary: 'Put a product into the cart, or change its quantity',
        params: ProductParams,
        body: Type.Object(
          { quantity: QuantitySchema },
          { additionalProperties: false },
        ),
        response: { 200: CartSchema },
      },
    },
    async (request, reply) => {
      const session = request.session ?? (await startGuest(request, reply));
      const { productId } = request.params;
      await carts.setQuantity(session, productId, request.body.quantity);
      return carts.read(session);
    },
  );

  app.delete(
    '/api/cart/items/:productId',
    {
      schema: {
        summary: 'Remove a product from the cart',
        params: ProductParams,
        response: { 200: CartSchema },
      },
    },
    async request => {
      const { session } = request;
      if (session) await carts.remove(session, request.params.productId);
      return carts.read(session);
    },
  );

  async function startGuest(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Session> {
    await limiter.count({
      key: `guest ${request.ip}`,
      maximum: guestsPerAddress,
      windowSeconds: guestWindowSeconds,
    });
    const token = await sessions.create(clientOf(request));
    cookie.write(reply, token);
    const session = await sessions.find(token);
    if (!session) throw new Error('the session just made is gone');
    return session;
  }
};

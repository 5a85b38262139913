import cookiePlugin from '@fastify/cookie';
import type { FastifyPluginAsync } from 'fastify';
import { profileRoutes } from './accounts/routes.js';
import type { AccountStore } from './accounts/AccountStore.js';
import { scalingRoutes } from './activeUsers/routes.js';
import type { CartStore } from './cart/CartStore.js';
import { cartRoutes } from './cart/routes.js';
import { catalogueAdminRoutes } from './catalogue/adminRoutes.js';
import type { CatalogueEditor } from './catalogue/CatalogueEditor.js';
import type { CatalogueStore } from './catalogue/CatalogueStore.js';
import { catalogueRoutes } from './catalogue/routes.js';
import { clientRoutes } from './client/routes.js';
import type { ShopDatabase } from './database/ShopDatabase.js';
import { shopErrors } from './errors/shopErrors.js';
import type { AttemptLimiter } from './limits/AttemptLimiter.js';
import type { InstanceSampler } from './live/InstanceSampler.js';
import type { LiveHub } from './live/LiveHub.js';
import { liveRoutes } from './live/routes.js';
import { orderAdminRoutes } from './orders/adminRoutes.js';
import type { OrderStore } from './orders/OrderStore.js';
import { orderRoutes } from './orders/routes.js';
import { refuseCrossOrigin } from './sessions/refuseCrossOrigin.js';
import { sessionRoutes } from './sessions/routes.js';
import type { SessionCookie } from './sessions/sessionCookie.js';
import { sessionOfRequest } from './sessions/sessionOfRequest.js';
import type { SessionStore } from './sessions/SessionStore.js';
import type { SignIn } from './sessions/SignIn.js';

export interface ShopOptions {
  readonly database: ShopDatabase;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly carts: CartStore;
  readonly catalogue: CatalogueStore;
  readonly editor: CatalogueEditor;
  readonly limiter: AttemptLimiter;
  readonly orders: OrderStore;
  readonly cookie: SessionCookie;
  readonly signIn: SignIn;
  readonly sampler: InstanceSampler;
  readonly hub: LiveHub;
  readonly instanceId: string;
  readonly windowSeconds: number;
  readonly guestsPerAddress: number;
  readonly signUpsPerAddress: number;
  readonly countActiveUsers: () => Promise<number>;
}

/** All routes of the shop. */
export const shopRoutes: FastifyPluginAsync<ShopOptions> = async (
  app,
  options,
) => {
  await app.register(shopErrors);
  app.addHook('onResponse', async (_request, reply) =>
    options.sampler.recordResponse(reply.elapsedTime),
  );
  await app.register(scalingRoutes, options);
  await app.register(clientRoutes);
  await app.register(apiRoutes, options);
};

/** Everything that knows the visitor. */
const apiRoutes: FastifyPluginAsync<ShopOptions> = async (app, options) => {
  await app.register(cookiePlugin);
  await app.register(refuseCrossOrigin);
  await app.register(sessionOfRequest, options);
  // Answers are about one visitor or about this moment.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await app.register(catalogueRoutes, options);
  await app.register(catalogueAdminRoutes, options);
  await app.register(cartRoutes, options);
  await app.register(sessionRoutes, options);
  await app.register(profileRoutes, options);
  await app.register(orderRoutes, options);
  await app.register(orderAdminRoutes, options);
  await app.register(liveRoutes, options);
};

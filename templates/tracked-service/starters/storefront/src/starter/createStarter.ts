import type { Config } from '../config/config.js';
import { AccountStore } from '../shop/accounts/AccountStore.js';
import { countActiveUsers } from '../shop/activeUsers/countActiveUsers.js';
import { CartStore } from '../shop/cart/CartStore.js';
import {
  addDemoCatalogue,
  restockDemoCatalogue,
} from '../shop/catalogue/addDemoCatalogue.js';
import { CatalogueEditor } from '../shop/catalogue/CatalogueEditor.js';
import { CatalogueStore } from '../shop/catalogue/CatalogueStore.js';
import { ShopDatabase } from '../shop/database/ShopDatabase.js';
import { AttemptLimiter } from '../shop/limits/AttemptLimiter.js';
import { InstanceSampler } from '../shop/live/InstanceSampler.js';
import { LiveHub } from '../shop/live/LiveHub.js';
import { SampleStore } from '../shop/live/SampleStore.js';
import { OrderStore } from '../shop/orders/OrderStore.js';
import { SessionCookie } from '../shop/sessions/sessionCookie.js';
import { SessionStore } from '../shop/sessions/SessionStore.js';
import { SignIn } from '../shop/sessions/SignIn.js';
import { shopRoutes } from '../shop/shopRoutes.js';
import { createPublishTasks } from './createPublishTasks.js';
import { createTasks } from './createTasks.js';
import type { CreateStarter, StarterContext } from './types.js';

/** The storefront: its API, its client, the live dashboard and the scaling signal. */
export const createStarter: CreateStarter = async context => {
  const { config, instance, logger } = context;
  const shop = createShop(context);
  const { hub, samples, sampler } = shop;

  return {
    routes: async app => {
      await app.register(shopRoutes, {
        ...shop,
        instanceId: instance.id,
        windowSeconds: config.ACTIVE_USERS_WINDOW_SECONDS,
        guestsPerAddress: config.GUESTS_PER_ADDRESS,
        signUpsPerAddress: config.SIGN_UPS_PER_ADDRESS,
      });
    },
    checks: [],
    tasks: [
      ...createTasks({ config, logger, ...shop }),
      ...(await createPublishTasks({ logger, ...shop })),
      ...(usesDemoCatalogue(config)
        ? [
            addDemoCatalogue({ database: shop.database, logger }),
            restockDemoCatalogue({ database: shop.database, logger }),
          ]
        : []),
    ],
    startDraining: () => hub.startDraining(),
    // The others see at once that this instance is gone.
    close: () => samples.write(sampler.take({ leaving: true })),
  };
};

function createShop(context: StarterContext) {
  const { config, instance, logger, database: pool } = context;
  const database = new ShopDatabase(pool);
  const accounts = new AccountStore(database);
  const sessions = new SessionStore(database);
  const carts = new CartStore(database);
  const catalogue = new CatalogueStore(database);
  const limiter = new AttemptLimiter(database);
  const samples = new SampleStore(database);
  const countUsers = () =>
    countActiveUsers(pool, config.ACTIVE_USERS_WINDOW_SECONDS);

  return {
    database,
    accounts,
    sessions,
    carts,
    catalogue,
    editor: new CatalogueEditor({ database, catalogue }),
    limiter,
    orders: new OrderStore(database),
    cookie: new SessionCookie({ secure: usesSecureCookie(config) }),
    signIn: new SignIn({
      accounts,
      sessions,
      carts,
      limiter,
      failuresPerAccount: config.SIGN_IN_FAILURES_PER_ACCOUNT,
      failuresPerAddress: config.SIGN_IN_FAILURES_PER_ADDRESS,
    }),
    samples,
    sampler: new InstanceSampler(instance),
    countActiveUsers: countUsers,
    hub: new LiveHub({
      instanceId: instance.id,
      samplePeriodMs: config.SAMPLE_PERIOD_MS,
      activeWindowSeconds: config.ACTIVE_USERS_WINDOW_SECONDS,
      logger,
      readSamples: seconds => samples.read(seconds),
      countActiveUsers: countUsers,
      seeSignedIn: ids => sessions.seeSignedIn(ids),
    }),
  };
}

/** Environments on a developer's machine, without TLS and without products of their own. */
const isLocal = (config: Config) =>
  ['local', 'development'].includes(config.DEPLOYMENT_ENVIRONMENT);

function usesSecureCookie(config: Config): boolean {
  return config.SESSION_COOKIE_SECURE ?? !isLocal(config);
}

function usesDemoCatalogue(config: Config): boolean {
  return config.DEMO_CATALOGUE ?? isLocal(config);
}

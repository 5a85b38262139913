import { pageRoutes } from '../page/routes.js';
import { requestRoutes } from '../requests/routes.js';
import { createTasks } from './createTasks.js';
import { openStore } from './openStore.js';
import type { CreateStarter } from './types.js';

/** The request tracker: its API, its page and its periodic tasks. */
export const createStarter: CreateStarter = async context => {
  const { config, instance } = context;
  const { store, ...opened } = await openStore(context);

  return {
    ...opened,
    routes: async app => {
      await app.register(requestRoutes, { store });
      await app.register(pageRoutes, {
        store,
        instance,
        serviceName: config.OTEL_SERVICE_NAME,
      });
    },
    tasks: await createTasks(context),
  };
};

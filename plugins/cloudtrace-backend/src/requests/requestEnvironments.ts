import type { RequestStore } from './types';
import type { EnvironmentSource } from '../environments/EnvironmentResolver';

/** Lists environments with requests. */
export function requestEnvironments(store: RequestStore): EnvironmentSource {
  return {
    name: 'requests',
    async environments(entityRef) {
      const names = await store.environments(entityRef);
      return Promise.all(
        names.map(async name => ({
          name,
          lastReceivedAt: await store.lastReceivedAt(entityRef, name),
        })),
      );
    },
  };
}

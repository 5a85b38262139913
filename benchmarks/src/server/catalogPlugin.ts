import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';

/**
 * A catalog that knows every component by name, and lists as many as
 * `bench.components` says. CloudTrace queries it over HTTP with the caller's
 * credentials, like the real one. The benchmarks do not measure what the real
 * catalog needs to respond.
 */
export const catalogPlugin = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        config: coreServices.rootConfig,
      },
      async init({ httpRouter, config }) {
        const listed = config.getOptionalNumber('bench.components') ?? 0;
        const router = express.Router();
        router.get('/entities/by-query', (_, res) => {
          const items = Array.from({ length: listed }, (__, index) =>
            toEntity(`component:default/bench-${index}`),
          );
          res.json({ items, totalItems: items.length, pageInfo: {} });
        });
        router.get('/entities/by-name/:kind/:namespace/:name', (req, res) => {
          const { kind, namespace, name } = req.params;
          res.json(toEntity(`${kind}:${namespace}/${name}`));
        });
        router.post('/entities/by-refs', express.json(), (req, res) => {
          res.json({ items: (req.body.entityRefs as string[]).map(toEntity) });
        });
        httpRouter.use(router);
      },
    });
  },
});

/** The entity with this ref, owned by one of ten owners. */
function toEntity(entityRef: string) {
  const [, kind, namespace, name] = /^(.*):(.*)\/(.*)$/.exec(entityRef)!;
  const owner = `bench-${name.charCodeAt(name.length - 1) % 10}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      namespace,
      name,
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    spec: { type: 'service', owner, lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  };
}

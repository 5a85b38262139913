import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';

/**
 * A catalog that knows every component by name. CloudTrace queries it over HTTP
 * with the caller's credentials, like the real one. The benchmarks do not
 * measure what the real catalog needs to respond.
 */
export const catalogPlugin = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const router = express.Router();
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
    metadata: { namespace, name },
    spec: { type: 'service', owner, lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  };
}

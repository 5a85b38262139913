import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { LocalServices, NewLocalService } from '../services/types';

/** Environment of services that are started without one. */
const DEFAULT_ENVIRONMENT = 'local';

const bodySchema = z.strictObject({
  entityRef: z.string().min(1),
  directory: z.string().min(1),
  name: z
    .string()
    .regex(
      /^[a-z](?:[a-z0-9-]{0,48}[a-z0-9])?$/,
      'lower-case letters, digits and dashes, starting with a letter, at most 50 characters',
    ),
  environment: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/)
    .default(DEFAULT_ENVIRONMENT),
});

/** Routes of the local fleet below `/api/cloudtrace/local`. */
export function createRouter(options: {
  services: LocalServices;
  httpAuth: HttpAuthService;
}): express.Router {
  const { services, httpAuth } = options;
  const router = Router();

  router.post('/local/services', express.json(), async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const service = parseBody(req.body);
    res.status(202).json(await services.start(service, { credentials }));
  });

  router.get('/local/services/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(await services.get(req.params.name, { credentials }));
  });

  return router;
}

function parseBody(body: unknown): NewLocalService {
  const result = bodySchema.safeParse(body);
  if (!result.success) {
    throw new InputError(
      `Invalid body: ${result.error.issues
        .map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`)
        .join('; ')}`,
    );
  }
  try {
    return {
      ...result.data,
      entityRef: stringifyEntityRef(parseEntityRef(result.data.entityRef)),
    };
  } catch {
    throw new InputError(
      `Invalid body: entityRef: not an entity reference: ${result.data.entityRef}`,
    );
  }
}

import { NotFoundError } from '@backstage/errors';
import express, { type Router } from 'express';

/** Says on a replica that only ingests why everything else is missing. */
export function createNoPortalRouter(): Router {
  const router = express.Router();
  router.use(() => {
    throw new NotFoundError(
      "This replica has the role 'ingest' and only accepts requests: route everything but /api/cloudtrace/otlp to replicas with the role 'portal' or 'all'",
    );
  });
  return router;
}

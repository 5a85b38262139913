import express, { type Router } from 'express';
import { encodeStatus, RPC_CODE } from '../otlp/encodeAnswer';
import type { createOtlpHandler } from './createOtlpHandler';

/** Path of the ingest endpoint below the plugin's path; open without Backstage credentials. */
export const OTLP_TRACES_PATH = '/otlp/v1/traces';

/**
 * Creates the routes of OTLP ingest. The policy that opens the path to senders
 * without Backstage credentials matches prefixes, so everything below the path
 * ends here.
 */
export function createOtlpRouter(
  handle: ReturnType<typeof createOtlpHandler>,
): Router {
  const router = express.Router();
  router.post(OTLP_TRACES_PATH, (req, res) => {
    void handle(req, res);
  });
  router.all(OTLP_TRACES_PATH, (_req, res) => {
    const message = 'Traces are sent with POST';
    res
      .status(405)
      .set('allow', 'POST')
      .type('application/json')
      .send(encodeStatus(RPC_CODE.unimplemented, message, 'json'));
  });
  router.use('/otlp', (_req, res) => {
    const message = 'Not found; send traces to /otlp/v1/traces';
    res
      .status(404)
      .type('application/json')
      .send(encodeStatus(RPC_CODE.notFound, message, 'json'));
  });
  return router;
}

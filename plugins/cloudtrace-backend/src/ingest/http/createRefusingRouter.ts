import express, { type Router } from 'express';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { answerError, readEncoding } from './answers';
import { OTLP_TRACES_PATH } from './createOtlpRouter';
import { HttpError } from './HttpError';

/**
 * Creates the routes of OTLP ingest on a replica that does not ingest. Senders
 * keep what they send and retry, because only the route to them is wrong.
 */
export function createRefusingRouter(): Router {
  const router = express.Router();
  router.use(OTLP_TRACES_PATH, (req, res) => {
    answerError(
      req,
      res,
      new HttpError(
        503,
        RPC_CODE.unavailable,
        "This replica has the role 'portal' and stores no requests: route /api/cloudtrace/otlp to replicas with the role 'ingest' or 'all'",
      ),
      readEncoding(req) ?? 'json',
    );
  });
  return router;
}

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { Pool } from 'pg';

/**
 * A typical request tracker: a JSON request, one INSERT into a wide table with
 * a primary key, a pool of ten connections. It listens behind Backstage's HTTP
 * server and, like ingest, on its own port.
 */
export const baselinePlugin = createBackendPlugin({
  pluginId: 'baseline',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      async init({ httpRouter, config, lifecycle }) {
        const pool = new Pool({
          connectionString: config.getString('baseline.connectionString'),
          max: 10,
        });
        await pool.query(BASELINE_TABLE);
        const insert = inserter(pool);

        const router = express.Router();
        router.post('/requests', express.json(), (req, res, next) => {
          insert(req.body)
            .then(() => res.status(200).set('content-length', '0').end())
            .catch(next);
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({
          path: '/requests',
          allow: 'unauthenticated',
        });

        const server = createServer((req: IncomingMessage, res) => {
          json(req)
            .then(body => insert(body as BaselineRequest))
            .then(() => res.writeHead(200, { 'content-length': 0 }).end())
            .catch(() => res.writeHead(500).end());
        });
        server.listen(config.getNumber('baseline.port'), '127.0.0.1');
        lifecycle.addShutdownHook(() => {
          server.close();
          server.closeAllConnections();
        });
      },
    });
  },
});

/** The body that senders post to the baseline. */
interface BaselineRequest {
  startedAt: string;
  traceId: string;
  entityId: number;
  durationUs: number;
  status: number;
  instance: string;
  zone: string;
  route: string;
  method: string;
}

function inserter(pool: Pool) {
  let counter = 0;
  return (request: BaselineRequest) => {
    counter++;
    return pool.query({
      name: 'insert',
      text: `INSERT INTO baseline VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
      values: [
        request.startedAt,
        request.traceId,
        // The same body is sent repeatedly, so the key comes from here.
        Buffer.from(counter.toString(16).padStart(16, '0'), 'hex'),
        request.entityId,
        request.durationUs,
        request.status,
        request.instance,
        request.zone,
        request.route,
        request.method,
      ],
    });
  };
}

/** A wide row with a primary key. */
export const BASELINE_TABLE = `
  CREATE TABLE IF NOT EXISTS baseline (
    started_at timestamptz NOT NULL, trace_id uuid NOT NULL, span_id bytea NOT NULL,
    entity_id int4 NOT NULL, duration_us int4 NOT NULL, status int2 NOT NULL,
    instance_id text NOT NULL, zone text NOT NULL, route text NOT NULL, method text NOT NULL,
    PRIMARY KEY (entity_id, started_at, span_id))`;

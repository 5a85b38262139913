import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { Pool } from 'pg';

/**
 * How request trackers are usually built: a JSON request, one INSERT into a
 * wide table with a primary key, a pool of ten connections.
 */
export const baselinePlugin = createBackendPlugin({
  pluginId: 'baseline',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        config: coreServices.rootConfig,
      },
      async init({ httpRouter, config }) {
        const pool = new Pool({
          connectionString: config.getString('baseline.connectionString'),
          max: 10,
        });
        await pool.query(BASELINE_TABLE);
        const router = express.Router();
        let counter = 0;
        router.post('/requests', express.json(), (req, res, next) => {
          const r = req.body;
          counter++;
          pool
            .query({
              name: 'insert',
              text: `INSERT INTO baseline VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
              values: [
                r.startedAt,
                r.traceId,
                // Bodies repeat; the key must not.
                Buffer.from(counter.toString(16).padStart(16, '0'), 'hex'),
                r.entityId,
                r.durationUs,
                r.status,
                r.instance,
                r.zone,
                r.route,
                r.method,
              ],
            })
            .then(() => res.status(200).set('content-length', '0').end())
            .catch(next);
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({
          path: '/requests',
          allow: 'unauthenticated',
        });
      },
    });
  },
});

/** The wide row with a primary key. */
export const BASELINE_TABLE = `
  CREATE TABLE IF NOT EXISTS baseline (
    started_at timestamptz NOT NULL, trace_id uuid NOT NULL, span_id bytea NOT NULL,
    entity_id int4 NOT NULL, duration_us int4 NOT NULL, status int2 NOT NULL,
    instance_id text NOT NULL, zone text NOT NULL, route text NOT NULL, method text NOT NULL,
    PRIMARY KEY (entity_id, started_at, span_id))`;

import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { answerError, readEncoding } from './answers';
import { HttpError } from './HttpError';

/**
 * `/api/cloudtrace/otlp`, written so that it is not a prefix of the plugin's
 * own path: the root router rejects overlapping paths, and compares them as
 * text.
 */
const OTLP_PATH = '/api/:plugin(cloudtrace)/otlp';

/**
 * Responds to ingest with 503 until the backend has started.
 *
 * Backstage listens before plugins have routes, and returns 404 until then.
 * Exporters treat that as final: what a collector buffered during a restart
 * would be dropped at the moment when the backend returns. Root services are
 * created before any plugin.
 */
export const startupGateFactory = createServiceFactory({
  service: createServiceRef<{}>({
    id: 'cloudtrace.ingest.startup-gate',
    scope: 'root',
  }),
  deps: {
    rootHttpRouter: coreServices.rootHttpRouter,
    rootLifecycle: coreServices.rootLifecycle,
  },
  factory({ rootHttpRouter, rootLifecycle }) {
    let started = false;
    rootLifecycle.addStartupHook(() => {
      started = true;
    });
    rootHttpRouter.use(
      OTLP_PATH,
      (req: IncomingMessage, res: ServerResponse, next: () => void) => {
        if (started) {
          next();
          return;
        }
        const message = 'The backend is starting; try again';
        const failure = new HttpError(503, RPC_CODE.unavailable, message);
        answerError(req, res, failure, readEncoding(req) ?? 'json');
      },
    );
    return {};
  },
});

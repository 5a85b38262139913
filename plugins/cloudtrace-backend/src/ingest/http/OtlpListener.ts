import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeStatus, RPC_CODE } from '../otlp/encodeAnswer';

/** Address of the listener; `cloudtrace.ingest.listen` in the configuration. */
export interface OtlpListenOptions {
  /** Address to listen on; by default all interfaces. */
  host?: string;
  /** 0 selects a free port. */
  port: number;
}

/** Path that OTLP/HTTP exporters append to an endpoint. */
const TRACES_PATH = '/v1/traces';
const HEALTH_PATH = '/healthz';

/** Time limit for the headers of a request. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Longer than load balancers keep a connection, so that they close it first. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

const CLOSING_INTERVAL_MS = 50;

/**
 * Serves ingest on a separate port, in addition to the path of the Backstage
 * backend. It can be exposed to services without the portal, and spares each
 * request Backstage's middleware and request log.
 *
 * `POST /v1/traces` is ingest; `GET /healthz` returns 200, or 503 while the
 * backend shuts down.
 */
export class OtlpListener {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws Error with the key of the configuration if the address is
   * unavailable
   */
  static async start(options: {
    listen: OtlpListenOptions;
    handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
    isDraining(): boolean;
    bodyTimeoutMs: number;
  }): Promise<OtlpListener> {
    const { listen, handle, isDraining, bodyTimeoutMs } = options;
    const server = createServer({
      headersTimeout: HEADERS_TIMEOUT_MS,
      // The handler returns 408 after the time limit of a body; this is the
      // rest.
      requestTimeout: HEADERS_TIMEOUT_MS + 2 * bodyTimeoutMs,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    });
    server.on('request', (req, res) => {
      const path = req.url?.split('?', 1)[0];
      if (path === TRACES_PATH && req.method === 'POST') {
        void handle(req, res);
      } else if (path === HEALTH_PATH && req.method === 'GET') {
        res.writeHead(isDraining() ? 503 : 200).end();
      } else if (path === TRACES_PATH) {
        refuse(res, 405, RPC_CODE.unimplemented, 'Traces are sent with POST', {
          allow: 'POST',
        });
      } else {
        refuse(
          res,
          404,
          RPC_CODE.notFound,
          `Not found; send traces to ${TRACES_PATH}`,
        );
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', error =>
        reject(
          new Error(
            `cloudtrace.ingest.listen: cannot listen on ${listen.host ?? '*'}:${
              listen.port
            }: ${error.message}`,
          ),
        ),
      );
      server.listen(listen.port, listen.host, resolve);
    });
    return new OtlpListener(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Accepts no more connections, finishes running requests, then closes all connections. */
  async stop(): Promise<void> {
    // Connections become idle one by one, when their running request is
    // finished.
    const closing = setInterval(
      () => this.#server.closeIdleConnections(),
      CLOSING_INTERVAL_MS,
    );
    await new Promise(resolve => this.#server.close(resolve));
    clearInterval(closing);
  }
}

function refuse(
  res: ServerResponse,
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  const body = encodeStatus(code, message, 'json');
  res
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': body.length,
      // The rest of the body is not read.
      connection: 'close',
      ...headers,
    })
    .end(body);
}

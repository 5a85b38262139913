import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeStatus, RPC_CODE } from '../otlp/encodeAnswer';

/** Where the listener listens; `cloudtrace.ingest.listen` in the configuration. */
export interface OtlpListenOptions {
  /** Address of an interface; by default all of them. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
}

/** Path that OTLP/HTTP exporters use on an endpoint. */
const TRACES_PATH = '/v1/traces';
const HEALTH_PATH = '/healthz';

/** A sender that is slower with its headers than this is cut off. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Longer than load balancers keep a connection, so that they close it and not we. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

const CLOSING_INTERVAL_MS = 50;

/**
 * Ingest on a port of its own, beside the path of the Backstage backend: it
 * can be exposed to services without the portal, and spares each request
 * Backstage's middleware and request log.
 *
 * `POST /v1/traces` is ingest; `GET /healthz` says 200, or 503 while the
 * backend goes down.
 */
export class OtlpListener {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws Error, with the key of the configuration, if the address cannot be had
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
      // The handler answers 408 after the time of a body; this is what remains.
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
          `There is nothing here; traces are sent to ${TRACES_PATH}`,
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

  /** Takes no more connections; requests under way are answered, then all are closed. */
  async stop(): Promise<void> {
    // Connections are idle one by one, when their request under way is answered.
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
      // What is left of the body is not read.
      connection: 'close',
      ...headers,
    })
    .end(body);
}

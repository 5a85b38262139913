import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { Readable, type Duplex } from 'node:stream';
import { createProxyServer, type ProxyServer } from 'http-proxy-3';
import { SlidingCounter } from '../metrics/SlidingCounter';
import { connectionFailure } from './HealthChecker';
import type { PoolTarget, TargetPool } from './TargetPool';

/**
 * Keeps bodies up to this size until a target has accepted them, so that the
 * request can go to another target.
 */
const REPLAYABLE_BODY_BYTES = 64 * 1024;
const TARGET_TIMEOUT_MS = 15_000;

/** One request in the load balancer. */
interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  /** Undefined if the body is too large to send twice. */
  body: Buffer | undefined;
  tried: Set<string>;
  startedAtMs: number;
}

/**
 * A layer 7 load balancer on http-proxy-3: least outstanding requests over the
 * targets of a pool, a retry on another target if the first one never got the
 * request, and 502, 503 or 504 as usual for load balancers.
 */
export class LoadBalancer {
  readonly requests = new SlidingCounter(60);
  readonly errors = new SlidingCounter(60);
  readonly #pool: TargetPool;
  readonly #proxy: ProxyServer;
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 16 });
  readonly #onAnswer: (durationMs: number) => void;
  readonly #webSockets = new Set<Duplex>();

  constructor(options: {
    pool: TargetPool;
    onAnswer?: (durationMs: number) => void;
  }) {
    this.#pool = options.pool;
    this.#onAnswer = options.onAnswer ?? (() => {});
    this.#proxy = createProxyServer({
      agent: this.#agent,
      proxyTimeout: TARGET_TIMEOUT_MS,
    });
    // The target died during its response: the client must see a broken
    // response, not wait forever.
    this.#proxy.on('proxyRes', (proxyRes, _req, res) => {
      proxyRes.on('error', () => res.destroy());
    });
    this.#server = createServer((req, res) => {
      this.#handle(req, res).catch(() => res.destroy());
    });
    this.#server.on('upgrade', (...given) => this.#upgrade(...given));
  }

  /** Listens on 127.0.0.1. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    for (const socket of this.#webSockets) socket.destroy();
    this.#agent.destroy();
    await closed;
  }

  get outstanding(): number {
    return this.#pool
      .list()
      .reduce((sum, target) => sum + target.outstanding, 0);
  }

  async #handle(req: IncomingMessage, res: ServerResponse) {
    this.requests.add();
    const startedAtMs = performance.now();
    res.on('finish', () => {
      if (res.statusCode >= 500) this.errors.add();
      this.#onAnswer(performance.now() - startedAtMs);
    });
    const body = await readReplayableBody(req);
    this.#forward({ req, res, body, tried: new Set(), startedAtMs });
  }

  /** Connects a WebSocket with one target; it counts as a request until it closes. */
  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer) {
    socket.on('error', () => socket.destroy());
    const target = this.#pool.acquire(new Set());
    if (!target) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    this.#webSockets.add(socket);
    socket.once('close', () => {
      this.#webSockets.delete(socket);
      this.#pool.release(target);
    });
    this.#proxy.ws(
      req,
      // The type of an HTTP server's sockets, which are TCP here.
      socket as Socket,
      head,
      {
        target: { host: '127.0.0.1', port: target.port, protocol: 'http:' },
        xfwd: true,
      },
      () => socket.destroy(),
    );
  }

  #forward(exchange: Exchange) {
    const { req, res, body, tried } = exchange;
    const target = this.#pool.acquire(tried);
    if (!target) {
      answer(
        res,
        tried.size ? 502 : 503,
        tried.size
          ? 'No target accepted the request'
          : 'The load balancer has no target to send the request to',
      );
      return;
    }
    tried.add(target.id);
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      this.#pool.release(target);
    };
    res.once('close', release);
    this.#proxy.web(
      req,
      res,
      {
        target: { host: '127.0.0.1', port: target.port, protocol: 'http:' },
        // The headers are appended to the request itself, so only the first
        // attempt may add them.
        xfwd: tried.size === 1,
        ...(body && { buffer: Readable.from(body.length ? [body] : []) }),
      },
      error => {
        release();
        this.#failed(exchange, target, error as NodeJS.ErrnoException);
      },
    );
  }

  #failed(
    exchange: Exchange,
    target: PoolTarget,
    error: NodeJS.ErrnoException,
  ) {
    const { req, res, body } = exchange;
    const timedOut =
      performance.now() - exchange.startedAtMs >= TARGET_TIMEOUT_MS;
    if (res.headersSent || res.destroyed) {
      res.destroy();
      return;
    }
    const refused =
      error.code === 'ECONNREFUSED' || error.code === 'EHOSTUNREACH';
    if (refused) this.#pool.record(target, connectionFailure(error));
    // A request that reached the target may have taken effect there, so only
    // safe methods are retried.
    const safe = req.method === 'GET' || req.method === 'HEAD';
    const again = refused || (safe && error.code === 'ECONNRESET');
    if (body && again && !timedOut) {
      this.#forward(exchange);
      return;
    }
    answer(
      res,
      timedOut ? 504 : 502,
      timedOut
        ? 'The target did not respond in time'
        : 'The target closed the connection before it responded',
    );
  }
}

function answer(res: ServerResponse, status: number, message: string) {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ error: message, source: 'local load balancer' }));
}

/** The body if it is known to be small; undefined leaves the stream untouched. */
async function readReplayableBody(
  req: IncomingMessage,
): Promise<Buffer | undefined> {
  const chunked = req.headers['transfer-encoding'] !== undefined;
  const length = Number(req.headers['content-length'] ?? 0);
  if (chunked || !(length <= REPLAYABLE_BODY_BYTES)) return undefined;
  if (length === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

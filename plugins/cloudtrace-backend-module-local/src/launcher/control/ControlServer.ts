import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { z } from 'zod';
import type { FleetErrorBody } from '../../protocol/types';
import {
  FleetConflictError,
  FleetInputError,
  FleetNotFoundError,
} from '../errors/fleetErrors';
import type { Fleet } from '../fleet/Fleet';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_WAIT_MS = 30_000;

const loadSchema = z.object({
  amount: z.number(),
  service: z.string().optional(),
});

const startServiceSchema = z.object({
  name: z.string(),
  entityRef: z.string().regex(/^[^:/]+:[^:/]+\/[^:/]+$/),
  environment: z.string().min(1).max(63),
  directory: z.string().min(1),
  ingestToken: z.string().optional(),
});

/** One call of the control API. */
interface Call {
  url: URL;
  /** Variable parts of the path. */
  parts: string[];
  body: () => Promise<unknown>;
}

interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  run: (call: Call) => Promise<unknown> | unknown;
}

/**
 * The fleet's control API on 127.0.0.1. Every call needs the secret of the
 * control file, and its `Host` header must be the loopback address, so that no
 * web page can reach the API under another name.
 */
export class ControlServer {
  readonly secret = randomBytes(32).toString('hex');
  readonly #server: Server;
  readonly #routes: Route[];
  #port = 0;

  constructor(fleet: Fleet, options: { onStop: () => void }) {
    this.#routes = routes(fleet, options.onStop);
    this.#server = createServer((req, res) => {
      this.#handle(req, res).catch(error => sendError(res, error));
    });
  }

  listen(port: number): Promise<string> {
    this.#port = port;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${port}`),
      );
    });
  }

  close(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    return closed;
  }

  async #handle(req: IncomingMessage, res: ServerResponse) {
    if (
      req.headers.host !== `127.0.0.1:${this.#port}` ||
      !sameSecret(req.headers.authorization ?? '', `Bearer ${this.secret}`)
    ) {
      send(res, 401, {
        error: { name: 'Unauthorized', message: 'The secret is missing' },
      });
      return;
    }
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    const route = this.#routes.find(
      candidate =>
        candidate.method === req.method && candidate.path.test(url.pathname),
    );
    if (!route) {
      throw new FleetNotFoundError(
        `The control API has no ${req.method} ${url.pathname}`,
      );
    }
    const [, ...parts] = route.path.exec(url.pathname)!;
    const result = await route.run({
      url,
      parts: parts.map(decodeURIComponent),
      body: () => readJson(req),
    });
    send(res, 200, result ?? {});
  }
}

function routes(fleet: Fleet, onStop: () => void): Route[] {
  return [
    { method: 'GET', path: /^\/v1\/state$/, run: () => fleet.state() },
    {
      method: 'GET',
      path: /^\/v1\/history$/,
      run: ({ url }) => fleet.history(readTime(url)),
    },
    {
      method: 'GET',
      path: /^\/v1\/changes$/,
      run: ({ url }) =>
        fleet.changes(
          Number(url.searchParams.get('after') ?? 0),
          Math.min(
            Number(url.searchParams.get('timeoutMs') ?? MAX_WAIT_MS),
            MAX_WAIT_MS,
          ),
        ),
    },
    {
      method: 'POST',
      path: /^\/v1\/instances\/([^/]+)\/kill$/,
      run: ({ parts }) => ({ instanceId: fleet.kill(parts[0]) }),
    },
    {
      method: 'POST',
      path: /^\/v1\/zones\/([^/]+)\/stop$/,
      run: ({ parts }) => fleet.stopZone(parts[0]),
    },
    {
      method: 'POST',
      path: /^\/v1\/zones\/([^/]+)\/start$/,
      run: ({ parts }) => fleet.startZone(parts[0]),
    },
    {
      method: 'POST',
      path: /^\/v1\/load$/,
      run: async ({ body }) => {
        const { amount, service } = parse(loadSchema, await body());
        return fleet.setLoad(amount, service);
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/database\/failover$/,
      run: () => fleet.failOverDatabase(),
    },
    {
      method: 'POST',
      path: /^\/v1\/services$/,
      run: async ({ body }) =>
        fleet.services.add(parse(startServiceSchema, await body())),
    },
    {
      method: 'POST',
      path: /^\/v1\/services\/([^/]+)\/start$/,
      run: ({ parts }) => fleet.services.startOne(parts[0]),
    },
    {
      method: 'POST',
      path: /^\/v1\/services\/([^/]+)\/stop$/,
      run: ({ parts }) => fleet.services.stopOne(parts[0]),
    },
    {
      method: 'DELETE',
      path: /^\/v1\/services\/([^/]+)$/,
      run: ({ parts }) => fleet.services.remove(parts[0]),
    },
    {
      method: 'POST',
      path: /^\/v1\/stop$/,
      run: () => {
        // Runs after the response was sent.
        setTimeout(onStop, 50);
      },
    },
  ];
}

function readTime(url: URL): Date | undefined {
  const text = url.searchParams.get('since');
  if (!text) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new FleetInputError(`"since" is not a valid time: ${text}`);
  }
  return time;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new FleetInputError(z.prettifyError(result.error));
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new FleetInputError('The body is too large');
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new FleetInputError('The body is not JSON');
  }
}

function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function send(res: ServerResponse, status: number, body: unknown) {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

function sendError(res: ServerResponse, error: Error) {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const body: FleetErrorBody = {
    error: { name: error.name, message: error.message },
  };
  send(res, statusOf(error), body);
}

function statusOf(error: Error): number {
  if (error instanceof FleetInputError) return 400;
  if (error instanceof FleetNotFoundError) return 404;
  if (error instanceof FleetConflictError) return 409;
  return 500;
}

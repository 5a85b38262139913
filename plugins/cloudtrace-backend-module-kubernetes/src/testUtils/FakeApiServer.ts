import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  API_GROUPS_PATH,
  pathOf,
  podMetricsCall,
  podMetricsPath,
  watchCalls,
} from '../calls/watchCalls';
import type { WatchedKind } from '../objects/types';

type Json = Record<string, any>;
type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | void;

const POD_METRICS_PATH = new RegExp(
  `^${podMetricsPath('NAMESPACE').replace('NAMESPACE', '([^/]+)')}$`,
);

interface OpenWatch {
  kind: WatchedKind;
  response: ServerResponse;
}

/**
 * A Kubernetes API server on the loopback interface: it lists and watches over
 * HTTP in the real shapes, and fails as a test asks for.
 */
export class FakeApiServer {
  readonly requests: Array<{
    path: string;
    query: URLSearchParams;
    token?: string;
  }> = [];
  /** Runs first; returns true if it answered. */
  answer: Answer | undefined;
  /** PodMetrics by namespace; undefined if metrics-server is not installed. */
  podMetrics: Map<string, Json[]> | undefined = new Map();
  /** The only accepted token; undefined accepts all. */
  token: string | undefined;
  readonly #objects = new Map<WatchedKind, Map<string, Json>>();
  readonly #log: Array<{ kind: WatchedKind; version: number; event: Json }> =
    [];
  readonly #watches = new Set<OpenWatch>();
  readonly #uninstalled = new Set<WatchedKind>();
  #version = 100;
  /** Watches from an older version get 410. */
  #oldest = 0;
  #scheme = 'http';
  #server: Server | undefined;

  get url(): string {
    const { port } = this.#server!.address() as AddressInfo;
    return `${this.#scheme}://127.0.0.1:${port}`;
  }

  /** Starts over HTTP, or over HTTPS with a certificate. */
  async start(certificate?: { cert: string; key: string }): Promise<this> {
    const handle = (request: IncomingMessage, response: ServerResponse) =>
      this.#handle(request, response);
    this.#scheme = certificate ? 'https' : 'http';
    this.#server = certificate
      ? createHttpsServer(certificate, handle)
      : createServer(handle);
    await new Promise<void>(done => {
      this.#server!.listen(0, '127.0.0.1', done);
    });
    return this;
  }

  async stop(): Promise<void> {
    this.#server!.closeAllConnections();
    await new Promise(done => {
      this.#server!.close(done);
    });
  }

  /** Creates or replaces an object and sends the event. */
  put(kind: WatchedKind, object: Json): Json {
    const objects = this.#of(kind);
    const key = keyOf(object);
    const stored = this.#stamp(object);
    const type = objects.has(key) ? 'MODIFIED' : 'ADDED';
    objects.set(key, stored);
    this.#publish(kind, { type, object: stored });
    return stored;
  }

  delete(kind: WatchedKind, object: Json): void {
    this.#of(kind).delete(keyOf(object));
    this.#publish(kind, { type: 'DELETED', object: this.#stamp(object) });
  }

  bookmark(kind: WatchedKind): string {
    const version = `${++this.#version}`;
    this.send(kind, {
      type: 'BOOKMARK',
      object: { kind: 'X', metadata: { resourceVersion: version } },
    });
    return version;
  }

  /** Sends a raw event to open watches. */
  send(kind: WatchedKind, event: unknown): void {
    for (const watch of this.#watches) {
      if (watch.kind === kind) {
        watch.response.write(`${JSON.stringify(event)}\n`);
      }
    }
  }

  /** Ends the open watches of a kind, or breaks their connections. */
  drop(kind: WatchedKind, how: 'end' | 'break' = 'break'): void {
    for (const watch of this.#watches) {
      if (watch.kind !== kind) continue;
      this.#watches.delete(watch);
      if (how === 'end') watch.response.end();
      else watch.response.destroy();
    }
  }

  /** Forgets all versions up to now, like a compaction. */
  compact(): void {
    this.#oldest = ++this.#version;
  }

  /** Replays nothing that happened up to now to a new watch. */
  forgetEvents(): void {
    this.#log.length = 0;
  }

  /** Removes the API of a kind, with its objects. */
  uninstall(kind: WatchedKind): void {
    this.#objects.delete(kind);
    this.#uninstalled.add(kind);
    this.drop(kind, 'end');
  }

  isWatched(kind: WatchedKind): boolean {
    return [...this.#watches].some(watch => watch.kind === kind);
  }

  /** Number of list or watch calls of a kind. */
  count(kind: WatchedKind, what: 'list' | 'watch'): number {
    const path = pathOfKind(kind);
    return this.requests.filter(
      request =>
        request.path === path &&
        request.query.has('watch') === (what === 'watch'),
    ).length;
  }

  #of(kind: WatchedKind): Map<string, Json> {
    const objects = this.#objects.get(kind) ?? new Map<string, Json>();
    this.#objects.set(kind, objects);
    return objects;
  }

  #stamp(object: Json): Json {
    this.#version += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: `${this.#version}` },
    };
  }

  #publish(kind: WatchedKind, event: Json) {
    this.#log.push({ kind, version: this.#version, event });
    this.send(kind, event);
  }

  #handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, 'http://localhost');
    const token = request.headers.authorization?.replace('Bearer ', '');
    this.requests.push({ path: url.pathname, query: url.searchParams, token });
    if (this.answer?.(request, response)) return;
    if (this.token !== undefined && token !== this.token) {
      sendStatus(response, 401);
      return;
    }
    const call = watchCalls.find(c => pathOf(c) === url.pathname);
    const metricsOf = POD_METRICS_PATH.exec(url.pathname)?.[1];
    if (metricsOf && this.podMetrics) {
      sendJson(response, {
        kind: 'PodMetricsList',
        metadata: {},
        items: this.podMetrics.get(metricsOf) ?? [],
      });
    } else if (call && this.#uninstalled.has(call.kind)) {
      sendNoPage(response);
    } else if (url.pathname === API_GROUPS_PATH) {
      sendJson(response, { kind: 'APIGroupList', groups: this.#groups() });
    } else if (!call) {
      this.#discover(url.pathname, response);
    } else if (url.searchParams.has('watch')) {
      this.#watch(call.kind, url.searchParams, response);
    } else {
      this.#list(call.kind, url.searchParams, response);
    }
  }

  #discover(path: string, response: ServerResponse) {
    const group = path.split('/')[2];
    const installed = watchCalls.filter(
      call =>
        call.optional && call.group === group && this.#objects.has(call.kind),
    );
    if (installed.length === 0) {
      sendNoPage(response);
    } else {
      sendJson(response, {
        kind: 'APIResourceList',
        resources: installed.map(({ kind }) => ({ name: kind })),
      });
    }
  }

  #groups() {
    const installed = watchCalls.filter(
      ({ group, optional, kind }) =>
        group && (!optional || this.#objects.has(kind)),
    );
    const apis = this.podMetrics ? [...installed, podMetricsCall] : installed;
    return apis.map(({ group, version }) => ({
      name: group,
      versions: [{ groupVersion: `${group}/${version}`, version }],
    }));
  }

  #list(kind: WatchedKind, query: URLSearchParams, response: ServerResponse) {
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? 500);
    const all = [...this.#of(kind).values()];
    const more = from + limit < all.length;
    sendJson(response, {
      kind: 'List',
      metadata: {
        resourceVersion: `${this.#version}`,
        ...(more && { continue: `${from + limit}` }),
      },
      items: all.slice(from, from + limit),
    });
  }

  #watch(kind: WatchedKind, query: URLSearchParams, response: ServerResponse) {
    const since = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    if (since < this.#oldest) {
      response.end(
        `${JSON.stringify({
          type: 'ERROR',
          object: { kind: 'Status', code: 410, reason: 'Expired' },
        })}\n`,
      );
      return;
    }
    response.flushHeaders();
    const watch = { kind, response };
    this.#watches.add(watch);
    const timer = setTimeout(
      () => response.end(),
      Number(query.get('timeoutSeconds')) * 1000,
    );
    response.on('close', () => {
      clearTimeout(timer);
      this.#watches.delete(watch);
    });
    for (const entry of this.#log) {
      if (entry.kind === kind && entry.version > since) {
        response.write(`${JSON.stringify(entry.event)}\n`);
      }
    }
  }
}

/** Answers with a Status object of the Kubernetes API. */
export function sendStatus(response: ServerResponse, code: number): void {
  const reason = code === 404 ? 'NotFound' : undefined;
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ kind: 'Status', status: 'Failure', reason, code }),
  );
}

/** Answers as an API server does for a group that it does not have. */
function sendNoPage(response: ServerResponse) {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('404 page not found\n');
}

export function pathOfKind(kind: WatchedKind): string {
  return pathOf(watchCalls.find(call => call.kind === kind)!);
}

function sendJson(response: ServerResponse, body: unknown) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function keyOf({ metadata }: Json): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

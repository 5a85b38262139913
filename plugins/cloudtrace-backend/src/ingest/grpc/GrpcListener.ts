import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { HttpError } from '../http/HttpError';
import type { OtlpListenOptions } from '../http/OtlpListener';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { answerMessage, answerStatus } from './answers';
import { EXPORT_PATH } from './createGrpcHandler';

const HEALTH_PATH = '/grpc.health.v1.Health/Check';
/** `HealthCheckResponse` with SERVING and NOT_SERVING. */
const SERVING = Buffer.from([8, 1]);
const NOT_SERVING = Buffer.from([8, 2]);

/** What a sender may have on the way before its token is checked. */
const SETTINGS = {
  maxConcurrentStreams: 100,
  initialWindowSize: 256 * 1024,
  enablePush: false,
};
const CONNECTION_WINDOW_BYTES = 1024 * 1024;

/** A connection that sends nothing for this time is closed; senders reconnect. */
const IDLE_MS = 300_000;

/** How long running exports may take after the end of the listener. */
const STOP_MS = 10_000;

/**
 * Serves OTLP over gRPC on a port of its own: HTTP/2 without TLS, unary calls.
 *
 * See docs/decisions/grpc-on-http2.md for why there is no gRPC server library.
 */
export class GrpcListener {
  readonly #server: Http2Server;
  readonly #sessions: ReadonlySet<ServerHttp2Session>;

  private constructor(
    server: Http2Server,
    sessions: ReadonlySet<ServerHttp2Session>,
  ) {
    this.#server = server;
    this.#sessions = sessions;
  }

  /**
   * Starts to listen.
   *
   * @throws Error with the key of the configuration if the address is
   * unavailable
   */
  static async start(options: {
    listen: OtlpListenOptions;
    handle(
      stream: ServerHttp2Stream,
      headers: IncomingHttpHeaders,
    ): Promise<void>;
    isDraining(): boolean;
  }): Promise<GrpcListener> {
    const { listen } = options;
    const server = createServer({ settings: SETTINGS });
    const sessions = new Set<ServerHttp2Session>();
    server.on('session', session => {
      sessions.add(session);
      session.once('close', () => sessions.delete(session));
      session.setTimeout(IDLE_MS, () => session.close());
      // A broken connection ends its streams, which is all there is to do.
      session.on('error', () => session.destroy());
      session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    });
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      route(stream, headers, options);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', error =>
        reject(
          new Error(
            `cloudtrace.ingest.grpc: cannot listen on ${listen.host ?? '*'}:${
              listen.port
            }: ${error.message}`,
          ),
        ),
      );
      server.listen(listen.port, listen.host, resolve);
    });
    return new GrpcListener(server, sessions);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Accepts no more calls, finishes running ones, then closes all connections. */
  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    for (const session of this.#sessions) session.close();
    const late = setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
    }, STOP_MS);
    await closed;
    clearTimeout(late);
  }
}

function route(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { handle, isDraining }: Parameters<typeof GrpcListener.start>[0],
): void {
  const path = headers[':path'];
  if (
    !/^application\/grpc(\+proto)?(;|$)/.test(headers['content-type'] ?? '')
  ) {
    stream.respond({ ':status': 415 }, { endStream: true });
    if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
  } else if (path === EXPORT_PATH) {
    void handle(stream, headers);
  } else if (path === HEALTH_PATH) {
    stream.resume();
    answerMessage(stream, isDraining() ? NOT_SERVING : SERVING);
  } else {
    answerStatus(
      stream,
      new HttpError(
        404,
        RPC_CODE.unimplemented,
        `Unknown method; send traces to ${EXPORT_PATH}`,
      ),
    );
  }
}

import { connect, type Socket } from 'node:net';
import type { RawAnswer } from './RawHttpClient';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const TYPE = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
};
const END_STREAM = 1;
const END_HEADERS = 4;
const ACK = 1;
const MAX_FRAME_BYTES = 16_384;
const PATH = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/**
 * A connection that calls `TraceService/Export`, one call after another. Like
 * `RawHttpClient`, it leaves the CPU to the server: it does not decode headers.
 * An answer with a message is a success; one of headers alone is an error.
 */
export class RawGrpcClient {
  readonly #port: number;
  readonly #headers: Buffer;
  readonly #gzip: boolean;
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #streamId = 1;
  /** Bytes that the server allows on the connection. */
  #window = 65_535;
  #unsent: Buffer[] = [];
  #gotMessage = false;
  #began = 0;
  #settle: ((answer: RawAnswer | Error) => void) | undefined;

  constructor(port: number, options: { token: string; gzip: boolean }) {
    this.#port = port;
    this.#gzip = options.gzip;
    this.#headers = Buffer.concat(
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', PATH],
        [':authority', '127.0.0.1'],
        ['content-type', 'application/grpc'],
        ['te', 'trailers'],
        ['authorization', `Bearer ${options.token}`],
        ...(options.gzip ? [['grpc-encoding', 'gzip']] : []),
      ].map(([name, value]) => literal(name, value)),
    );
  }

  /** Sends a message. */
  send(body: readonly Buffer[]): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#settle = answer =>
        answer instanceof Error ? reject(answer) : resolve(answer);
      this.#began = performance.now();
      this.#gotMessage = false;
      const socket = this.#connected();
      const length = body.reduce((sum, part) => sum + part.length, 0);
      const prefix = Buffer.alloc(5);
      prefix[0] = Number(this.#gzip);
      prefix.writeUInt32BE(length, 1);
      const content = Buffer.concat([prefix, ...body]);
      socket.cork();
      socket.write(
        frameOf(TYPE.headers, END_HEADERS, this.#streamId, this.#headers),
      );
      for (let at = 0; at < content.length; at += MAX_FRAME_BYTES) {
        this.#unsent.push(content.subarray(at, at + MAX_FRAME_BYTES));
      }
      this.#flush(socket);
      socket.uncork();
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #flush(socket: Socket): void {
    while (this.#unsent.length > 0 && this.#unsent[0].length <= this.#window) {
      const data = this.#unsent.shift()!;
      this.#window -= data.length;
      const flags = this.#unsent.length === 0 ? END_STREAM : 0;
      socket.write(frameOf(TYPE.data, flags, this.#streamId, data));
    }
  }

  #connected(): Socket {
    if (this.#socket && !this.#socket.destroyed) {
      return this.#socket;
    }
    const socket = connect({ port: this.#port, host: '127.0.0.1' });
    socket.setNoDelay(true);
    this.#received = Buffer.alloc(0);
    this.#unsent = [];
    this.#streamId = 1;
    this.#window = 65_535;
    socket.write(Buffer.concat([PREFACE, frameOf(TYPE.settings, 0, 0)]));
    socket.on('data', chunk => this.#take(socket, chunk));
    socket.on('error', error => this.#finish(error));
    socket.on('close', () => this.#finish(new Error('connection closed')));
    this.#socket = socket;
    return socket;
  }

  #take(socket: Socket, chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const { length } = this.#received;
      const end = length < 9 ? Infinity : 9 + this.#received.readUIntBE(0, 3);
      if (length < end) return;
      const frame = this.#received.subarray(0, end);
      this.#received = this.#received.subarray(end);
      this.#read(socket, frame);
    }
  }

  #read(socket: Socket, frame: Buffer): void {
    const [, , , type, flags] = frame;
    const stream = frame.readUInt32BE(5);
    const payload = frame.subarray(9);
    if (type === TYPE.settings && !(flags & ACK)) {
      socket.write(frameOf(TYPE.settings, ACK, 0));
    } else if (type === TYPE.ping && !(flags & ACK)) {
      socket.write(frameOf(TYPE.ping, ACK, 0, payload));
    } else if (type === TYPE.windowUpdate && stream === 0) {
      this.#window += payload.readUInt32BE(0);
      this.#flush(socket);
    } else if (type === TYPE.goAway) {
      socket.destroy();
    } else if (stream === this.#streamId) {
      if (type === TYPE.data) this.#gotMessage = true;
      const ends = type === TYPE.data || type === TYPE.headers;
      if (type === TYPE.reset || (ends && flags & END_STREAM)) this.#answer();
    }
  }

  #answer(): void {
    this.#streamId += 2;
    this.#unsent = [];
    this.#finish({
      status: this.#gotMessage ? 200 : 503,
      latencyMs: performance.now() - this.#began,
    });
  }

  #finish(answer: RawAnswer | Error): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }
}

function frameOf(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A header of HPACK that is neither indexed nor compressed. */
function literal(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), text(name), text(value)]);
}

function text(value: string): Buffer {
  if (value.length >= 127) throw new Error('too long for a length of one byte');
  return Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
}

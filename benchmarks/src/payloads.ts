import { constants, crc32, deflateRawSync } from 'node:zlib';
import {
  httpSpan,
  otlpRequest,
  jsonToProtobuf,
  type TestSpan,
} from '../../plugins/cloudtrace-backend/src/testUtils/otlp';

/*
 * Export requests as services send them. Building half a million of them would
 * cost the load generator more than sending them. So each payload has a fixed
 * part of many spans and a last span that changes: both protobuf and gzip allow
 * appending data.
 */

/** Encoding of a body. */
export type BodyEncoding = 'protobuf' | 'json';

/** A payload that produces any number of distinct bodies. */
export interface Payload {
  spans: number;
  /** Bytes of a body before compression. */
  plainBytes: number;
  /** The pieces of a body that no other call returns. */
  next(): Buffer[];
}

const ROUTES = 20;
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

let state = 20261121;
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

function randomHex(digits: number): string {
  let hex = '';
  while (hex.length < digits) {
    hex += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return hex.slice(0, digits);
}

/** A server span with eight attributes and one of 20 routes; 1 % of the spans failed. */
function makeSpan(): TestSpan {
  const route = Math.floor(random() * ROUTES);
  const path = `${'/api/v1/orders/{id}/items'.slice(
    0,
    12 + (route % 13),
  )}${route}`;
  const failed = random() < 0.01;
  // Log-normal around 5 ms.
  const normal =
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const durationUs = Math.round(Math.exp(8.5 + 1.1 * normal));
  return httpSpan({
    traceId: randomHex(32),
    spanId: randomHex(16),
    name: `GET ${path}`,
    // An exporter sends every five seconds.
    startNs: BigInt(Date.now() - Math.floor(random() * 5000)) * 1_000_000n,
    durationNs: BigInt(durationUs) * 1000n,
    statusCode: failed ? 2 : 0,
    attributes: {
      'http.request.method': METHODS[Math.floor(random() * METHODS.length)],
      'http.route': path,
      'http.response.status_code': failed ? 500 : 200,
      'url.path': path,
      'url.scheme': 'https',
      'server.address': 'api.example.com',
      'network.protocol.version': '1.1',
      'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64)',
    },
  });
}

/** An export request of one instance, or of one of each service. */
export function makeRequest(
  spans: number,
  instance: number,
  services: readonly string[] = ['orders'],
) {
  return otlpRequest(
    services.map((service, index) => ({
      resource: {
        'service.name': service,
        'service.instance.id': `i-0a1b2c3d4e5f${String(instance).padStart(
          5,
          '0',
        )}`,
        'cloud.availability_zone': `eu-central-1${'abc'[instance % 3]}`,
        'telemetry.sdk.language': 'nodejs',
        'telemetry.sdk.version': '2.12.1',
        'host.name': 'ip-10-0-12-34',
      },
      spans: Array.from(
        {
          length:
            Math.floor(((index + 1) * spans) / services.length) -
            Math.floor((index * spans) / services.length),
        },
        makeSpan,
      ),
    })),
  );
}

/** A payload of `spans` spans. */
export function makePayload(options: {
  spans: number;
  instance: number;
  encoding: BodyEncoding;
  gzip: boolean;
  /** Names of the services; by default one. */
  services?: readonly string[];
}): Payload {
  const { encoding, gzip, services } = options;
  // A span of each service: every part of a body is new.
  const changing = services?.length ?? 1;
  const body = makeRequest(
    options.spans - changing,
    options.instance,
    services,
  );
  const last = makeRequest(changing, options.instance, services);
  const { head, tail, tracesAt, hex } =
    encoding === 'protobuf'
      ? protobufParts(body, last)
      : jsonParts(body, last, options.spans > 1);
  const prefix = gzip ? compressOpen(head) : head;
  const prefixCrc = crc32(head);
  return {
    spans: options.spans,
    plainBytes: head.length + tail.length,
    next() {
      const own = Buffer.from(tail);
      // Unique trace ids make the body different from all sent before.
      for (const traceAt of tracesAt) writeTraceId(own, traceAt, hex);
      return gzip
        ? [
            prefix,
            storedBlock(own),
            gzipTrailer(crc32(own, prefixCrc), head.length + own.length),
          ]
        : [prefix, own];
    },
  };
}

function writeTraceId(body: Buffer, traceAt: number, hex: boolean): void {
  for (let at = 0; at < (hex ? 32 : 16); at += hex ? 8 : 4) {
    const word = Math.floor(Math.random() * 2 ** 32);
    if (hex) {
      body.write(word.toString(16).padStart(8, '0'), traceAt + at, 'latin1');
    } else {
      body.writeUInt32BE(word, traceAt + at);
    }
  }
}

function traceIdsOf(request: ReturnType<typeof makeRequest>): string[] {
  return request.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ traceId }) => traceId)),
  );
}

function protobufParts(
  body: ReturnType<typeof makeRequest>,
  last: ReturnType<typeof makeRequest>,
) {
  const head = jsonToProtobuf(body);
  const tail = jsonToProtobuf(last);
  return {
    head,
    tail,
    tracesAt: traceIdsOf(last).map(id => tail.indexOf(Buffer.from(id, 'hex'))),
    hex: false,
  };
}

function jsonParts(
  body: ReturnType<typeof makeRequest>,
  last: ReturnType<typeof makeRequest>,
  more: boolean,
) {
  // The last span goes into its own resource at the end of the list.
  const text = JSON.stringify(body);
  const head = more ? `${text.slice(0, -2)},` : '{"resourceSpans":[';
  const tail = JSON.stringify(last).slice('{"resourceSpans":['.length);
  return {
    head: Buffer.from(head),
    tail: Buffer.from(tail),
    tracesAt: traceIdsOf(last).map(id => tail.indexOf(id)),
    hex: true,
  };
}

/** Compressed, but left open for another block. */
function compressOpen(plain: Buffer): Buffer {
  return Buffer.concat([
    GZIP_HEADER,
    deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH }),
  ]);
}

/** The last block of a deflate stream, uncompressed. */
function storedBlock(bytes: Buffer): Buffer {
  const block = Buffer.allocUnsafe(5 + bytes.length);
  block[0] = 1;
  block.writeUInt16LE(bytes.length, 1);
  block.writeUInt16LE(bytes.length ^ 0xffff, 3);
  bytes.copy(block, 5);
  return block;
}

function gzipTrailer(crc: number, length: number): Buffer {
  const trailer = Buffer.allocUnsafe(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length, 4);
  return trailer;
}

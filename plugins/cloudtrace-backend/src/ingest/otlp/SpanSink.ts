import { cleanText } from '../dictionary/cleanText';
import type { ByteKey } from '../dictionary/ByteKeyMap';
import {
  EntityDictionary,
  type RouteName,
  type UnknownNames,
} from '../dictionary/EntityDictionary';
import { BodyTooLargeError } from '../errors';
import { DuplicateFinder } from '../rows/DuplicateFinder';
import { Fingerprint } from '../rows/Fingerprint';
import {
  FLAG_CONSUMER,
  FLAG_ERROR,
  POSTGRES_EPOCH_US,
  ROW_BYTES,
  ROW_OFFSET,
} from '../rows/requestRow';
import type { RowBuffer } from '../rows/RowBuffer';
import type { IngestOrigin, IngestOutcome } from '../types';
import { TEXT, TEXT_COUNT, type SpanAttribute } from './attributes';

const KIND_SERVER = 2;
const KIND_CONSUMER = 5;
const UNKNOWN = '(unknown)';
const TWO_32 = 4_294_967_296;

/** gRPC status codes that mean that the server failed, by the conventions. */
const RPC_SERVER_ERRORS = new Set([2, 4, 12, 13, 14, 15]);

const MAX_METHOD_BYTES = 64;
const MAX_ROUTE_BYTES = 1024;
const MAX_INSTANCE_BYTES = 512;
const MAX_ZONE_BYTES = 128;

/** How a route is made; the tag of its {@link ByteKey}. */
const ROUTE_OF = { http: 1, httpName: 2, rpc: 3, messaging: 4, other: 5 };
const INSTANCE_TAG = 6;

/** What a body is read with. */
export interface SpanSinkLimits {
  maxSpans: number;
  /** Oldest and newest accepted start, in microseconds since 1970. */
  oldestUs: number;
  newestUs: number;
}

/**
 * Takes the spans of one body from a scanner and writes their rows. The
 * scanner sets the fields of a span and calls `endSpan`; nothing is allocated
 * on the way as long as routes and instances are known.
 *
 * One sink serves all bodies, one after the other; reading a body never waits.
 */
export class SpanSink {
  // The span that the scanner is in.
  t0 = 0;
  t1 = 0;
  t2 = 0;
  t3 = 0;
  s0 = 0;
  s1 = 0;
  hasTraceId = false;
  hasSpanId = false;
  kind = 0;
  /** Microseconds since 1970 and the nanoseconds below them. */
  startUs = 0;
  startNs = 0;
  endUs = 0;
  endNs = 0;
  httpStatus = 0;
  rpcStatus = 0;
  error = false;
  /** Where each {@link TEXT} is in the body; length -1 if it is missing. */
  readonly textStart = new Int32Array(TEXT_COUNT);
  readonly textLength = new Int32Array(TEXT_COUNT).fill(-1);
  /** Texts that do not stand in the body as they are (escapes in JSON). */
  readonly textOverride: (string | undefined)[] = new Array(TEXT_COUNT).fill(
    undefined,
  );
  hasOverride = false;
  readonly rank = new Int32Array(TEXT_COUNT);
  httpStatusRank = 0;
  rpcStatusRank = 0;

  // The body.
  outcome: IngestOutcome = emptyOutcome();
  unknown: UnknownNames = { routes: new Map(), instances: new Map() };
  readonly fingerprint = new Fingerprint();
  /** Newest stored start, microseconds since 1970. */
  newestStartUs = 0;
  #spans = 0;
  #instanceId = 0;
  #firstRow = 0;
  #rows!: RowBuffer;
  #view!: DataView;
  #body!: Buffer;
  #origin!: IngestOrigin;
  #dictionary!: EntityDictionary;
  #limits!: SpanSinkLimits;
  readonly #duplicates = new DuplicateFinder();
  readonly #key: ByteKey = {
    tag: 0,
    aStart: 0,
    aLength: 0,
    bStart: 0,
    bLength: 0,
    cStart: 0,
    cLength: 0,
  };

  /** Starts a body; its rows go behind those that the buffer has. */
  startBody(options: {
    body: Buffer;
    view: DataView;
    rows: RowBuffer;
    origin: IngestOrigin;
    dictionary: EntityDictionary;
    limits: SpanSinkLimits;
  }): void {
    this.#body = options.body;
    this.#view = options.view;
    this.#rows = options.rows;
    this.#firstRow = options.rows.length;
    this.#origin = options.origin;
    this.#dictionary = options.dictionary;
    this.#limits = options.limits;
    this.#spans = 0;
    this.#instanceId = 0;
    this.newestStartUs = 0;
    this.outcome = emptyOutcome();
    // Whoever got the names before may still use them.
    if (this.unknown.routes.size > 0 || this.unknown.instances.size > 0) {
      this.unknown = { routes: new Map(), instances: new Map() };
    }
    this.fingerprint.start(options.origin.environment);
    this.#duplicates.start();
  }

  /** Names the instance of the spans that follow, by bytes of the body. */
  setInstance(
    keyStart: number,
    keyLength: number,
    zoneStart: number,
    zoneLength: number,
  ): void {
    const key = this.#key;
    key.tag = INSTANCE_TAG;
    key.aStart = keyStart;
    key.aLength = Math.max(0, keyLength);
    key.bStart = zoneStart;
    key.bLength = Math.max(0, zoneLength);
    key.cLength = 0;
    const known = this.#dictionary.byteKeys.get(this.#view, key);
    if (known > 0) {
      this.#instanceId = known;
      return;
    }
    this.setInstanceText(
      this.bodyText(keyStart, keyLength),
      this.bodyText(zoneStart, zoneLength),
    );
    if (this.#instanceId > 0) {
      this.#dictionary.byteKeys.set(this.#view, key, this.#instanceId);
    }
  }

  /** Names the instance of the spans that follow. */
  setInstanceText(instance: string, zone: string): void {
    this.#instanceId = this.#dictionary.instanceId(
      {
        instanceKey: cleanText(instance, MAX_INSTANCE_BYTES) || UNKNOWN,
        zone: cleanText(zone, MAX_ZONE_BYTES),
      },
      this.unknown,
    );
  }

  /** Bytes of the body as text; a length of -1 gives none. */
  bodyText(start: number, length: number): string {
    return length > 0 ? this.#body.toString('utf8', start, start + length) : '';
  }

  /** Clears the fields of the span before. */
  startSpan(): void {
    if (++this.#spans > this.#limits.maxSpans) {
      throw new BodyTooLargeError(
        `The body has more than ${
          this.#limits.maxSpans
        } spans; send them in smaller batches`,
      );
    }
    this.hasTraceId = false;
    this.hasSpanId = false;
    this.kind = 0;
    this.startUs = 0;
    this.startNs = 0;
    this.endUs = 0;
    this.endNs = 0;
    this.httpStatus = 0;
    this.rpcStatus = 0;
    this.httpStatusRank = 0;
    this.rpcStatusRank = 0;
    this.error = false;
    for (let index = 0; index < TEXT_COUNT; index++) {
      this.textLength[index] = -1;
      this.rank[index] = 0;
    }
    if (this.hasOverride) {
      this.textOverride.fill(undefined);
      this.hasOverride = false;
    }
  }

  /** Takes a status from an attribute; anything but a small whole number is none. */
  setNumber(attribute: SpanAttribute, value: number): void {
    const status = value >= 0 && value < 1000 ? Math.trunc(value) : 0;
    if (attribute.number === 'httpStatus') {
      if (attribute.rank >= this.httpStatusRank) {
        this.httpStatusRank = attribute.rank;
        this.httpStatus = status;
      }
    } else if (
      attribute.number === 'rpcStatus' &&
      attribute.rank >= this.rpcStatusRank
    ) {
      this.rpcStatusRank = attribute.rank;
      this.rpcStatus = status;
    }
  }

  /** Checks the span and writes its row. */
  endSpan(): void {
    const { outcome } = this;
    if (this.kind !== KIND_SERVER && this.kind !== KIND_CONSUMER) {
      outcome.ignored++;
      return;
    }
    if (!this.hasTraceId || (this.t0 | this.t1 | this.t2 | this.t3) === 0) {
      outcome.rejected['invalid-trace-id']++;
      return;
    }
    if (!this.hasSpanId || (this.s0 | this.s1) === 0) {
      outcome.rejected['invalid-span-id']++;
      return;
    }
    // Before the times are looked at: a retry is the same body even when time
    // went on in between.
    this.fingerprint.add(this.t0, this.t1, this.t2, this.t3, this.s0, this.s1);
    if (!(this.startUs > 0)) {
      outcome.rejected['no-start-time']++;
      return;
    }
    const durationUs = Math.round(
      this.endUs - this.startUs + (this.endNs - this.startNs) / 1000,
    );
    if (!(durationUs >= 0)) {
      outcome.rejected['ends-before-start']++;
      return;
    }
    if (this.startUs < this.#limits.oldestUs) {
      outcome.rejected['too-old']++;
      return;
    }
    if (
      this.startUs > this.#limits.newestUs ||
      this.endUs > this.#limits.newestUs
    ) {
      outcome.rejected['too-far-in-future']++;
      return;
    }
    this.#writeRow(durationUs);
  }

  #writeRow(durationUs: number): void {
    const rows = this.#rows;
    const { view } = rows;
    const row = rows.length;
    const at = row * ROW_BYTES;
    view.setInt32(at + ROW_OFFSET.spanId, this.s0);
    view.setInt32(at + ROW_OFFSET.spanId + 4, this.s1);
    view.setInt32(at + ROW_OFFSET.traceId, this.t0);
    view.setInt32(at + ROW_OFFSET.traceId + 4, this.t1);
    view.setInt32(at + ROW_OFFSET.traceId + 8, this.t2);
    view.setInt32(at + ROW_OFFSET.traceId + 12, this.t3);
    if (this.#duplicates.isDuplicate(view, this.#firstRow, row)) {
      this.outcome.duplicate++;
      return;
    }
    const sincePostgresEpoch = this.startUs - POSTGRES_EPOCH_US;
    const high = Math.floor(sincePostgresEpoch / TWO_32);
    view.setInt32(at + ROW_OFFSET.startedAt, high);
    view.setUint32(
      at + ROW_OFFSET.startedAt + 4,
      sincePostgresEpoch - high * TWO_32,
    );
    view.setInt32(at + ROW_OFFSET.entityId, this.#origin.entityId);
    view.setInt32(at + ROW_OFFSET.instanceId, this.#instanceId);
    view.setInt32(at + ROW_OFFSET.routeId, this.#routeId());
    const durationHigh =
      durationUs < TWO_32 ? 0 : Math.floor(durationUs / TWO_32);
    view.setInt32(at + ROW_OFFSET.durationUs, durationHigh);
    view.setUint32(
      at + ROW_OFFSET.durationUs + 4,
      durationUs - durationHigh * TWO_32,
    );
    const status =
      this.httpStatus > 0 && this.httpStatus < 1000 ? this.httpStatus : 0;
    view.setInt16(at + ROW_OFFSET.statusCode, status);
    view.setInt16(at + ROW_OFFSET.flags, this.#flags(status));
    rows.length = row + 1;
    this.outcome.stored++;
    if (this.startUs > this.newestStartUs) {
      this.newestStartUs = this.startUs;
    }
  }

  #flags(status: number): number {
    const failed =
      this.error ||
      status >= 500 ||
      (this.rpcStatus > 0 && RPC_SERVER_ERRORS.has(this.rpcStatus));
    return (
      (failed ? FLAG_ERROR : 0) |
      (this.kind === KIND_CONSUMER ? FLAG_CONSUMER : 0)
    );
  }

  /** The id of the span's route; 0, and a note in `unknown`, if it is new. */
  #routeId(): number {
    const key = this.#key;
    const length = this.textLength;
    if (length[TEXT.httpMethod] >= 0 || length[TEXT.httpRoute] >= 0) {
      const named = length[TEXT.httpRoute] > 0;
      key.tag = named ? ROUTE_OF.http : ROUTE_OF.httpName;
      this.#setKey(TEXT.httpMethod, named ? TEXT.httpRoute : TEXT.name, -1);
    } else if (length[TEXT.rpcService] >= 0 || length[TEXT.rpcMethod] >= 0) {
      key.tag = ROUTE_OF.rpc;
      this.#setKey(TEXT.rpcSystem, TEXT.rpcService, TEXT.rpcMethod);
    } else if (length[TEXT.destination] >= 0 || length[TEXT.operation] >= 0) {
      key.tag = ROUTE_OF.messaging;
      this.#setKey(TEXT.operation, TEXT.destination, -1);
    } else {
      key.tag = ROUTE_OF.other;
      this.#setKey(TEXT.name, -1, -1);
    }
    if (this.hasOverride) {
      return this.#dictionary.routeId(this.#routeName(key.tag), this.unknown);
    }
    const { byteKeys } = this.#dictionary;
    const known = byteKeys.get(this.#view, key);
    if (known > 0) {
      return known;
    }
    const name = this.#routeName(key.tag);
    const id = this.#dictionary.routeId(name, this.unknown);
    if (id > 0) {
      byteKeys.set(this.#view, key, id);
    }
    return id;
  }

  #setKey(a: number, b: number, c: number): void {
    const key = this.#key;
    key.aStart = this.textStart[a];
    key.aLength = Math.max(0, this.textLength[a]);
    key.bStart = b < 0 ? 0 : this.textStart[b];
    key.bLength = b < 0 ? 0 : Math.max(0, this.textLength[b]);
    key.cStart = c < 0 ? 0 : this.textStart[c];
    key.cLength = c < 0 ? 0 : Math.max(0, this.textLength[c]);
  }

  #routeName(tag: number): RouteName {
    let method = '';
    let route = '';
    if (tag === ROUTE_OF.http) {
      method = this.#text(TEXT.httpMethod);
      route = this.#text(TEXT.httpRoute);
    } else if (tag === ROUTE_OF.httpName) {
      // By the conventions the name is `GET /items/{id}`, or `GET` alone when
      // the server does not know the route.
      method = this.#text(TEXT.httpMethod);
      const name = this.#text(TEXT.name);
      const nameStart = method && name.startsWith(`${method} `);
      route = nameStart ? name.slice(method.length + 1) : name;
      if (route === method) {
        route = '';
      }
    } else if (tag === ROUTE_OF.rpc) {
      method = this.#text(TEXT.rpcSystem);
      route = [this.#text(TEXT.rpcService), this.#text(TEXT.rpcMethod)]
        .filter(Boolean)
        .join('/');
    } else if (tag === ROUTE_OF.messaging) {
      method = this.#text(TEXT.operation);
      route = this.#text(TEXT.destination);
    } else {
      route = this.#text(TEXT.name);
    }
    return {
      method: cleanText(method, MAX_METHOD_BYTES),
      route: cleanText(route, MAX_ROUTE_BYTES) || UNKNOWN,
    };
  }

  #text(index: number): string {
    return (
      this.textOverride[index] ??
      this.bodyText(this.textStart[index], this.textLength[index])
    );
  }
}

function emptyOutcome(): IngestOutcome {
  return {
    stored: 0,
    ignored: 0,
    duplicate: 0,
    rejected: {
      'invalid-trace-id': 0,
      'invalid-span-id': 0,
      'no-start-time': 0,
      'ends-before-start': 0,
      'too-old': 0,
      'too-far-in-future': 0,
    },
  };
}

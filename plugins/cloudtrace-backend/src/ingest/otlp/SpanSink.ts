import { ByteKey } from '../dictionary/ByteKey';
import type {
  EntityDictionary,
  UnknownNames,
} from '../dictionary/EntityDictionary';
import { BodyTooLargeError } from '../errors';
import { DuplicateFinder } from '../rows/DuplicateFinder';
import { Fingerprint } from '../rows/Fingerprint';
import {
  ROW_BYTES,
  writeIds,
  writeKeys,
  writeResult,
  writeTimes,
} from '../../requests/row/requestRow';
import type { RowBuffer } from '../../requests/row/RowBuffer';
import type { RequestKind } from '../../requests/types';
import { NUMBER, SpanNumbers } from '../../requests/row/SpanNumbers';
import {
  emptyOutcome,
  type ForeignContent,
  type IngestOrigin,
  type IngestOutcome,
} from '../types';
import type { SpanAttribute } from './attributes';
import { readDigits } from './readDigits';
import {
  isServerError,
  readRpcStatus,
  toRpcCode,
  UNREADABLE,
} from './rpcStatus';
import { SpanInstance } from './SpanInstance';
import { SpanTexts } from './SpanTexts';

const KIND_SERVER = 2;
const KIND_CONSUMER = 5;

/** Not searched for yet; 0 means that the instance has no id yet. */
const NOT_SEARCHED = -1;

/** Limits for reading a body. */
export interface SpanSinkLimits {
  maxSpans: number;
  /** Oldest and newest accepted start, in microseconds since 1970. */
  oldestUs: number;
  newestUs: number;
}

/**
 * Receives the spans of one body from a scanner and writes their rows. The
 * scanner sets the fields of a span and calls `endSpan`. Nothing is allocated
 * as long as routes and instances are known.
 *
 * One sink serves all bodies, one after the other; reading a body never waits.
 */
export class SpanSink {
  // The current span of the scanner.
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
  /** Set when the span ends. */
  durationUs = 0;
  error = false;
  readonly texts = new SpanTexts();
  readonly #numbers = new SpanNumbers();
  #rpcStatus = 0;
  #rpcStatusRank = 0;

  // The body.
  outcome: IngestOutcome = emptyOutcome();
  unknown: UnknownNames = { routes: new Map(), instances: new Map() };
  readonly fingerprint = new Fingerprint();
  /** Newest stored start, microseconds since 1970. */
  newestStartUs = 0;
  #spans = 0;
  readonly #instance = new SpanInstance();
  #serverId = NOT_SEARCHED;
  #consumerId = NOT_SEARCHED;
  #firstRow = 0;
  #rows!: RowBuffer;
  #view!: DataView;
  #body!: Buffer;
  #origin!: IngestOrigin;
  #dictionary!: EntityDictionary;
  #limits!: SpanSinkLimits;
  readonly #duplicates = new DuplicateFinder();
  readonly #key = new ByteKey();

  /** Starts a body; appends its rows to those in the buffer. */
  startBody(options: {
    body: Buffer;
    view: DataView;
    rows: RowBuffer;
    origin: IngestOrigin;
    dictionary: EntityDictionary;
    limits: SpanSinkLimits;
  }): void {
    this.#body = options.body;
    this.texts.body = options.body;
    this.#view = options.view;
    this.#rows = options.rows;
    this.#firstRow = options.rows.length;
    this.#origin = options.origin;
    this.#dictionary = options.dictionary;
    this.#limits = options.limits;
    this.#spans = 0;
    this.setInstanceText('', '');
    this.newestStartUs = 0;
    this.outcome = emptyOutcome();
    // The previous receiver of the names may still use them.
    if (this.unknown.routes.size > 0 || this.unknown.instances.size > 0) {
      this.unknown = { routes: new Map(), instances: new Map() };
    }
    this.fingerprint.start(options.origin.environment);
    this.#duplicates.start();
  }

  /** Sets the instance of the following spans from bytes of the body. */
  setInstance(
    keyStart: number,
    keyLength: number,
    zoneStart: number,
    zoneLength: number,
  ): void {
    this.#instance.setBytes(keyStart, keyLength, zoneStart, zoneLength);
    this.#serverId = NOT_SEARCHED;
    this.#consumerId = NOT_SEARCHED;
  }

  /** Sets the instance of the following spans. */
  setInstanceText(instance: string, zone: string): void {
    this.#instance.setText(instance, zone);
    this.#serverId = NOT_SEARCHED;
    this.#consumerId = NOT_SEARCHED;
  }

  /** Returns bytes of the body as text. */
  bodyText(start: number, length: number): string {
    return this.#body.toString('utf8', start, start + length);
  }

  /** The last position of a character in a part of the body, or -1. */
  lastIndexInBody(character: string, start: number, end: number): number {
    const at = this.#body.subarray(start, end).lastIndexOf(character);
    return at < 0 ? at : start + at;
  }

  /** Counts content that is not read, so that the sender can be warned. */
  noteForeign(content: ForeignContent): void {
    this.outcome.foreign[content]++;
  }

  /** Clears the fields of the previous span. */
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
    this.error = false;
    this.#numbers.clear();
    this.#rpcStatus = 0;
    this.#rpcStatusRank = 0;
    this.texts.clear();
  }

  /** Sets a number or a numeric status. */
  setNumber(attribute: SpanAttribute, value: number): void {
    if (attribute.number >= 0) {
      this.#numbers.set(attribute.number, attribute.rank, value);
    } else if (attribute.status === 'rpc') {
      this.#setRpcStatus(attribute.rank, toRpcCode(value));
    } else if (value !== 0) {
      // Stores any JSON-RPC error as a negative number.
      this.#setRpcStatus(attribute.rank, toRpcCode(-1));
    }
  }

  /** Sets a number or a status that the span reports as text. */
  setNumberText(
    attribute: SpanAttribute,
    bytes: Uint8Array,
    start: number,
    length: number,
  ): void {
    if (attribute.status === 'rpc') {
      const code = readRpcStatus(bytes, start, length);
      this.#setRpcStatus(attribute.rank, code);
    } else {
      this.setNumber(attribute, readDigits(bytes, start, length));
    }
  }

  #setRpcStatus(rank: number, code: number): void {
    if (code !== UNREADABLE && rank >= this.#rpcStatusRank) {
      this.#rpcStatusRank = rank;
      this.#rpcStatus = code;
    }
  }

  /** Validates the span and writes its row. */
  endSpan(): void {
    const { outcome } = this;
    if (this.kind !== KIND_SERVER && !this.#isProcessing()) {
      outcome.ignored++;
      if (this.startUs === 0 && !(this.hasTraceId && this.hasSpanId)) {
        this.noteForeign('noSpan');
      }
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
    // Before the times are checked: a retry is the same body even if time has
    // passed.
    this.fingerprint.add(this.t0, this.t1, this.t2, this.t3, this.s0, this.s1);
    if (!(this.startUs > 0)) {
      outcome.rejected['no-start-time']++;
      return;
    }
    this.durationUs = Math.round(
      this.endUs - this.startUs + (this.endNs - this.startNs) / 1000,
    );
    if (!(this.durationUs >= 0)) {
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
    this.#writeRow();
  }

  /** Whether the span processes messages; receiving and settling are not requests. */
  #isProcessing(): boolean {
    return this.kind === KIND_CONSUMER && !this.texts.areOfHandingOver();
  }

  #writeRow(): void {
    const rows = this.#rows;
    const { view } = rows;
    const row = rows.length;
    const at = row * ROW_BYTES;
    writeIds(view, at, this);
    if (this.#duplicates.isDuplicate(view, this.#firstRow, row)) {
      this.outcome.duplicate++;
      return;
    }
    writeTimes(view, at, this);
    writeKeys(
      view,
      at,
      this.#origin.entityId,
      this.#instanceId(),
      this.#routeId(),
    );
    writeResult(
      view,
      at,
      this.#numbers,
      this.#failed(),
      this.kind === KIND_CONSUMER,
    );
    rows.length = row + 1;
    this.outcome.stored++;
    if (this.startUs > this.newestStartUs) {
      this.newestStartUs = this.startUs;
    }
  }

  #failed(): boolean {
    return (
      this.error ||
      this.#numbers.get(NUMBER.httpStatus) >= 500 ||
      isServerError(this.#rpcStatus)
    );
  }

  /**
   * The id of the instance for the span's kind; 0, and an entry in `unknown`,
   * if it is new. Searched once per resource and kind.
   */
  #instanceId(): number {
    if (this.kind === KIND_CONSUMER) {
      if (this.#consumerId === NOT_SEARCHED) {
        this.#consumerId = this.#findInstance('consumer');
      }
      return this.#consumerId;
    }
    if (this.#serverId === NOT_SEARCHED) {
      this.#serverId = this.#findInstance('server');
    }
    return this.#serverId;
  }

  #findInstance(kind: RequestKind): number {
    const key = this.#key;
    const { byteKeys } = this.#dictionary;
    const hasBytes = this.#instance.fillKey(key, kind);
    const known = hasBytes ? byteKeys.get(this.#view, key) : 0;
    if (known > 0) {
      return known;
    }
    const name = this.#instance.name(this.#body, kind);
    const id = this.#dictionary.instanceId(name, this.unknown);
    if (hasBytes && id > 0) {
      byteKeys.set(this.#view, key, id);
    }
    return id;
  }

  /** The id of the span's route; 0, and an entry in `unknown`, if it is new. */
  #routeId(): number {
    const { texts } = this;
    const key = this.#key;
    texts.fillKey(key);
    if (texts.hasOverride) {
      return this.#dictionary.routeId(texts.nameRoute(key.tag), this.unknown);
    }
    const { byteKeys } = this.#dictionary;
    const known = byteKeys.get(this.#view, key);
    if (known > 0) {
      return known;
    }
    const name = texts.nameRoute(key.tag);
    const id = this.#dictionary.routeId(name, this.unknown);
    if (id > 0) {
      byteKeys.set(this.#view, key, id);
    }
    return id;
  }
}

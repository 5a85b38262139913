import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { isOutage } from '../database/isOutage';
import type { ServerCommits } from './commit/ServerCommits';
import type { DictionaryCache } from './dictionary/DictionaryCache';
import { IngestUnavailableError } from './errors';
import { JsonByteReader } from './otlp/JsonByteReader';
import { ProtobufReader } from './otlp/ProtobufReader';
import { scanJson } from './otlp/scanJson';
import { scanProtobuf } from './otlp/scanProtobuf';
import { SpanSink } from './otlp/SpanSink';
import type { IngestOrigin, IngestOutcome } from './types';

/** The encodings of OTLP/HTTP. */
export type OtlpEncoding = 'protobuf' | 'json';

/** Limits for one body. */
export interface IngestServiceOptions {
  commits: Pick<ServerCommits, 'of'>;
  dictionaries: DictionaryCache;
  maxSpansPerRequest: number;
  /** Fields or values of a body, of any kind. */
  maxFieldsPerRequest: number;
  /**
   * Accepted start times: this far in the past, and this far in the future to
   * tolerate clock skew.
   */
  acceptPastMs: number;
  acceptFutureMs: number;
  now?: () => number;
}

/** One repeated read is needed for new names; more only if other requests race. */
const MAX_ATTEMPTS = 5;

/** Stores the spans of OTLP export requests. */
export class IngestService {
  readonly #options: IngestServiceOptions;
  readonly #sink = new SpanSink();
  readonly #now: () => number;

  constructor(options: IngestServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** @throws IngestUnavailableError while the server that stores an entity cannot be used */
  assertUsable({ entityId }: Pick<IngestOrigin, 'entityId'>): void {
    this.#options.commits.of(entityId).assertUsable();
  }

  /**
   * Reads a body and resolves when its spans are durable.
   *
   * @throws MalformedBodyError, BodyTooLargeError; IngestUnavailableError if a
   * retry helps
   */
  async ingest(
    origin: IngestOrigin,
    body: Buffer,
    encoding: OtlpEncoding,
  ): Promise<IngestOutcome> {
    const { commits, dictionaries } = this.#options;
    const sink = this.#sink;
    const nowMs = this.#now();
    const dictionary = dictionaries.get(origin, nowMs * 1000);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const groupCommit = commits.of(origin.entityId);
      groupCommit.assertUsable();
      const batch = groupCommit.open();
      if (!batch) {
        throw new IngestUnavailableError(
          'Too many spans are waiting to be stored',
        );
      }
      const start = batch.rows.length;
      try {
        this.#scan(body, encoding, nowMs, {
          rows: batch.rows,
          origin,
          dictionary,
        });
      } catch (error) {
        batch.rows.length = start;
        throw error;
      }
      const { outcome, unknown } = sink;
      if (unknown.routes.size === 0 && unknown.instances.size === 0) {
        if (outcome.stored === 0) {
          return outcome;
        }
        const { entityId, entityRef } = origin;
        const newestMs = sink.newestStartUs / 1000;
        const committed = await groupCommit.add(batch, {
          start,
          entityId,
          entityRef,
          fingerprint: sink.fingerprint.toUuid(),
          startedOn: new Date(newestMs - (newestMs % DAY_MS)).toISOString(),
        });
        if (committed === 'duplicate') {
          outcome.duplicate += outcome.stored;
          outcome.stored = 0;
        }
        return outcome;
      }
      batch.rows.length = start;
      try {
        await dictionaries.resolve(dictionary, origin, unknown);
      } catch (cause) {
        if (isOutage(cause as Error)) groupCommit.reportOutage(cause as Error);
        throw new IngestUnavailableError(
          'The names of routes and instances could not be stored right now',
          { cause },
        );
      }
    }
    throw new IngestUnavailableError('Too many new names');
  }

  #scan(
    body: Buffer,
    encoding: OtlpEncoding,
    nowMs: number,
    target: Pick<
      Parameters<SpanSink['startBody']>[0],
      'rows' | 'origin' | 'dictionary'
    >,
  ): void {
    const { maxFieldsPerRequest, maxSpansPerRequest } = this.#options;
    const view = new DataView(body.buffer, body.byteOffset, body.length);
    this.#sink.startBody({
      ...target,
      body,
      view,
      limits: {
        maxSpans: maxSpansPerRequest,
        oldestUs: (nowMs - this.#options.acceptPastMs) * 1000,
        newestUs: (nowMs + this.#options.acceptFutureMs) * 1000,
      },
    });
    if (encoding === 'protobuf') {
      const reader = new ProtobufReader(body, view, maxFieldsPerRequest);
      scanProtobuf(reader, body.length, this.#sink);
    } else {
      scanJson(new JsonByteReader(body, maxFieldsPerRequest), this.#sink);
    }
  }
}

/** Why a span was not stored, in the order in which they are checked. */
export const SPAN_REJECTIONS = [
  'invalid-trace-id',
  'invalid-span-id',
  'no-start-time',
  'ends-before-start',
  'too-old',
  'too-far-in-future',
] as const;

/** Why a span was not stored. */
export type SpanRejection = (typeof SPAN_REJECTIONS)[number];

/** Numbers of spans by the reason of their rejection. */
export type RejectionCounts = Record<SpanRejection, number>;

/** What a body can hold that ingest does not read, and whose sender should know. */
export const FOREIGN_CONTENT = [
  'metrics',
  'logs',
  'oldLibrarySpans',
  'noSpan',
] as const;

/** What a body can hold that ingest does not read. */
export type ForeignContent = (typeof FOREIGN_CONTENT)[number];

/** Whose spans a body carries: what its token says, nothing in the body. */
export interface IngestOrigin {
  entityId: number;
  entityRef: string;
  environment: string;
}

/** What became of the spans of a body. */
export interface IngestOutcome {
  stored: number;
  /** Not of kind SERVER or CONSUMER, or a CONSUMER that processes nothing. */
  ignored: number;
  /** Copies of a span of the same body, or the whole body was stored before. */
  duplicate: number;
  /** Numbers by reason; all 0 if everything was accepted. */
  rejected: RejectionCounts;
  /** Things in the body that are not read at all. */
  foreign: Record<ForeignContent, number>;
}

/** The outcome of a body with nothing in it. */
export function emptyOutcome(): IngestOutcome {
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
    foreign: { metrics: 0, logs: 0, oldLibrarySpans: 0, noSpan: 0 },
  };
}

/** What ingest did since this process started. */
export interface IngestStatistics {
  /** When counting began. */
  since: Date;
  spans: Omit<IngestOutcome, 'foreign'>;
  /** Answers by HTTP status. */
  answers: Record<number, number>;
  commits: {
    count: number;
    failed: number;
    /** Spans in the newest batch. */
    lastBatchSpans: number;
    /** Of recent commits, in milliseconds; missing before the first. */
    latencyMs?: { p50: number; p95: number; p99: number };
    lastCommittedAt?: Date;
    lastError?: { at: Date; message: string };
  };
  queue: {
    /** Bytes of bodies that are being read or decoded. */
    bytes: number;
    maxBytes: number;
    /** Spans that wait for their commit. */
    waitingSpans: number;
  };
}

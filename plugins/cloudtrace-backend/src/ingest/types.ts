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

/** Whose spans a body carries: what its token says, nothing in the body. */
export interface IngestOrigin {
  entityId: number;
  entityRef: string;
  environment: string;
}

/** What became of the spans of a body. */
export interface IngestOutcome {
  stored: number;
  /** Not of kind SERVER or CONSUMER. */
  ignored: number;
  /** Copies of a span of the same body, or the whole body was stored before. */
  duplicate: number;
  /** Numbers by reason; all 0 if everything was accepted. */
  rejected: RejectionCounts;
}

/** What ingest did since this process started. */
export interface IngestStatistics {
  /** When counting began. */
  since: Date;
  spans: IngestOutcome;
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

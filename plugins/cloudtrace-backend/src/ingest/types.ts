/** Reasons for rejecting a span, in the order of the checks. */
export const SPAN_REJECTIONS = [
  'invalid-trace-id',
  'invalid-span-id',
  'no-start-time',
  'ends-before-start',
  'too-old',
  'too-far-in-future',
] as const;

/** Why a span was rejected. */
export type SpanRejection = (typeof SPAN_REJECTIONS)[number];

/** Numbers of rejected spans by reason. */
export type RejectionCounts = Record<SpanRejection, number>;

/** Content that ingest does not read, but whose sender should be warned. */
export const FOREIGN_CONTENT = [
  'metrics',
  'logs',
  'oldLibrarySpans',
  'noSpan',
] as const;

/** Content that ingest does not read. */
export type ForeignContent = (typeof FOREIGN_CONTENT)[number];

/** Owner of a body's spans: determined by its token, never by the body. */
export interface IngestOrigin {
  entityId: number;
  entityRef: string;
  environment: string;
}

/** Result for the spans of a body. */
export interface IngestOutcome {
  stored: number;
  /** Not of kind SERVER or CONSUMER, or a CONSUMER that processes nothing. */
  ignored: number;
  /** Duplicates within the body, or the whole body was already stored. */
  duplicate: number;
  /** Numbers by reason; all 0 if everything was accepted. */
  rejected: RejectionCounts;
  /** Content of the body that is not read at all. */
  foreign: Record<ForeignContent, number>;
}

/** The result of an empty body. */
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

/** Spans of services that were rejected as a whole, for the sender. */
export interface RefusedSpans {
  spans: number;
  /** Why, of limited length. */
  message: string;
}

/** Adds the result of a part of a body. */
export function addOutcome(sum: IngestOutcome, part: IngestOutcome): void {
  sum.stored += part.stored;
  sum.ignored += part.ignored;
  sum.duplicate += part.duplicate;
  for (const reason of SPAN_REJECTIONS) {
    sum.rejected[reason] += part.rejected[reason];
  }
  for (const content of FOREIGN_CONTENT) {
    sum.foreign[content] += part.foreign[content];
  }
}

/** Statistics of ingest since this process started. */
export interface IngestStatistics {
  /** Start of counting. */
  since: Date;
  spans: Omit<IngestOutcome, 'foreign'>;
  /** Responses by HTTP status. */
  answers: Record<number, number>;
  commits: {
    count: number;
    failed: number;
    /** Spans in the newest batch. */
    lastBatchSpans: number;
    /** Of recent commits, in milliseconds; missing before the first commit. */
    latencyMs?: { p50: number; p95: number; p99: number };
    lastCommittedAt?: Date;
    lastError?: { at: Date; message: string };
  };
  queue: {
    /** Bytes of bodies that are being read or decoded. */
    bytes: number;
    maxBytes: number;
    /** Spans waiting for their commit. */
    waitingSpans: number;
  };
}

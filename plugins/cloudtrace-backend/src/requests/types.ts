import type { RollupRow } from '../rollups/types';

/** What a chart is grouped by. */
export type RollupGroupBy = 'instance' | 'zone' | 'route';

/** The kind of work: `server` for requests, `consumer` for messages from a queue. */
export type RequestKind = 'server' | 'consumer';

/** Which rollups to read. */
export interface RollupQuery {
  entityRef: string;
  environment: string;
  /** First moment of the range; rounded down to a whole step. */
  from: Date;
  /** First moment after the range; rounded up to a whole step. */
  to: Date;
  groupBy: RollupGroupBy;
  /** Whether to separate what an instance or zone did by kind of work; rows have it then. */
  byKind?: boolean;
  /** Requested length of the buckets in milliseconds. */
  stepMs: number;
}

/** Rollups of a range, and their buckets. */
export interface RollupResult {
  /** Range that the rows cover: the requested one, widened to whole buckets. */
  from: Date;
  to: Date;
  /** Length of the buckets, at least the requested step and a whole number of rollup buckets. */
  stepMs: number;
  /** Every row is exact up to this moment. */
  asOf: Date;
  /** Ordered by group, then time; groups and buckets without requests are omitted. */
  rows: RollupRow[];
}

/** Which requests to list. Times refer to the start of a request. */
export interface RequestFilter {
  entityRef: string;
  environment: string;
  from: Date;
  /** First moment after the range. */
  to: Date;
  /*
   * The values of one field are combined with "or", the fields with "and".
   * database/requestConditions.ts converts all of them to SQL.
   */
  instances?: readonly string[];
  zones?: readonly string[];
  /** Route templates, or `METHOD route`. */
  routes?: readonly string[];
  methods?: readonly string[];
  statuses?: readonly RequestStatusFilter[];
  minDurationMs?: number;
  maxDurationMs?: number;
  /** 32 hexadecimal digits. */
  traceId?: string;
  errorsOnly?: boolean;
}

/** One status, or all from `min` to `max`. */
export interface RequestStatusFilter {
  min: number;
  max: number;
}

/** One request as stored. */
export interface StoredRequest {
  startedAt: Date;
  /** Microseconds of `startedAt` below the millisecond, 0–999. */
  startedAtMicros: number;
  traceId: string;
  spanId: string;
  method: string;
  route: string;
  /** 0 if the request is not HTTP. */
  statusCode: number;
  durationMs: number;
  instanceId: string;
  zone: string;
  environment: string;
  error: boolean;
  kind: RequestKind;
}

/** A page of requests, newest first. */
export interface RequestPage {
  items: StoredRequest[];
  /** Opaque; pass it to get the next page. Missing on the last page. */
  nextCursor?: string;
}

/** Identifies one request. The start time bounds the search. */
export interface RequestKey {
  entityRef: string;
  environment: string;
  traceId: string;
  spanId: string;
  /** Start time, to the millisecond or finer; the lookup tolerates ± 1 s. */
  startedAt: Date;
}

/**
 * Reads what ingest stored. Entities are identified by their ref; permissions
 * are checked before.
 */
export interface RequestStore {
  /** Rollups at the resolution that fits the step; exact up to the last commit. */
  readRollups(query: RollupQuery): Promise<RollupResult>;
  /**
   * Requests of a range, newest first.
   *
   * @throws InputError if the cursor is invalid
   */
  listRequests(
    filter: RequestFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<RequestPage>;
  getRequest(key: RequestKey): Promise<StoredRequest | undefined>;
  /** Environments of an entity that have data, in alphabetical order. */
  environments(entityRef: string): Promise<string[]>;
  /** Newest start of a request, by the clock of the sender; to the minute. */
  lastStartedAt(
    entityRef: string,
    environment?: string,
  ): Promise<Date | undefined>;
  /** When requests last arrived. */
  lastReceivedAt(
    entityRef: string,
    environment?: string,
  ): Promise<Date | undefined>;
}

import type { Readable } from 'node:stream';
import type { ArchiveSummary } from './archiveRows';

/** A stored file of the archive. @public */
export interface ArchiveFile {
  /** Below the archive's location, e.g. `day=2026-11-21/requests-1-0001.parquet`. */
  path: string;
  bytes: number;
  /** SHA-256 of its bytes, hexadecimal. */
  sha256: string;
}

/** What the archive passes on to what it waits for. @public */
export interface ArchiveCallOptions {
  signal?: AbortSignal;
}

/** A request in the archive. @public */
export interface ArchivedRequest {
  /** Microseconds since 1970. */
  startedAtUs: number;
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  kind: 'server' | 'consumer';
  /** Empty if unknown. */
  method: string;
  route: string;
  /** 0 if the request is not HTTP. */
  statusCode: number;
  durationUs: number;
  instanceId: string;
  /** Empty if unknown. */
  zone: string;
  environment: string;
  error: boolean;
}

/**
 * Which requests of an entity to read. The values of one field are combined
 * with "or", the fields with "and"; an empty list is no condition.
 *
 * @public
 */
export interface ArchiveFilter {
  entityRef: string;
  /** All environments if absent. */
  environment?: string;
  from: Date;
  /** First moment after the range. */
  to: Date;
  instances?: readonly string[];
  zones?: readonly string[];
  /** Route templates, or `METHOD route`. */
  routes?: readonly string[];
  methods?: readonly string[];
  /** Status codes, both bounds included; 0 for none. */
  statuses?: ReadonlyArray<{ min: number; max: number }>;
  minDurationUs?: number;
  maxDurationUs?: number;
  traceId?: string;
  spanId?: string;
  errorsOnly?: boolean;
}

/** Where a page of archived requests ended. @public */
export interface ArchivePosition {
  startedAtUs: number;
  spanId: string;
}

/** A page of requests to read. @public */
export interface ArchiveQuery extends ArchiveFilter {
  /** Newest first by default. Ids of equal starts are ordered as signed numbers. */
  order?: 'newest' | 'oldest';
  /** Only requests that come after it in this order. */
  after?: ArchivePosition;
  limit: number;
}

/** What {@link RequestArchive.count} can group by. @public */
export type ArchiveGroupBy =
  | 'instances'
  | 'zones'
  | 'routes'
  | 'methods'
  | 'statuses'
  | 'durations';

/** How many requests have a value. @public */
export interface ArchiveCount {
  /** Empty if unknown; of durations, how many of the bounds are at or below them. */
  value: string;
  /** Of instances: their zone, if known. */
  zone?: string;
  requests: number;
  errors: number;
}

/**
 * Stores single requests of past days in files, and reads them. CloudTrace
 * decides which rows go into which file, records the files, and deletes rows
 * only after it has read back what was stored.
 *
 * @remarks Every method rejects with an error whose message says what failed
 * where, without secrets. Reading is bounded in memory and time.
 *
 * @public
 */
export interface RequestArchive {
  /** Where the files are, without secrets, e.g. `s3://acme-traces/cloudtrace`. */
  readonly location: string;
  /** How long to keep a day in milliseconds, from its end; for ever if absent. */
  readonly retentionMs?: number;
  /**
   * Stores rows as a file, all of it or nothing. Replaces a file of this path.
   *
   * @param rows - CSV with the columns {@link archiveRowColumns}
   */
  write(
    path: string,
    rows: Readable,
    options?: ArchiveCallOptions,
  ): Promise<ArchiveFile>;
  /** Reads a stored file completely, from where it is stored; rejects if it is not the one that was written. */
  summarize(
    file: ArchiveFile,
    options?: ArchiveCallOptions,
  ): Promise<ArchiveSummary>;
  /** Paths of all files that begin with a prefix. */
  list(prefix: string, options?: ArchiveCallOptions): Promise<string[]>;
  /** Deletes files; those that do not exist are no error. */
  delete(paths: readonly string[], options?: ArchiveCallOptions): Promise<void>;
  /**
   * Reads a page of requests.
   *
   * @param files - In the order of the query by time; they do not overlap for an entity
   */
  search(
    files: readonly ArchiveFile[],
    query: ArchiveQuery,
    options?: ArchiveCallOptions,
  ): Promise<ArchivedRequest[]>;
  /**
   * Counts requests, by value if `groupBy` is given, busiest first, at most 200
   * values; in total otherwise, as one element.
   */
  count(
    files: readonly ArchiveFile[],
    filter: ArchiveFilter,
    options?: ArchiveCallOptions & {
      groupBy?: ArchiveGroupBy;
      /** Upper bounds for `durations`, ascending, in microseconds. */
      durationBoundsUs?: readonly number[];
    },
  ): Promise<ArchiveCount[]>;
}

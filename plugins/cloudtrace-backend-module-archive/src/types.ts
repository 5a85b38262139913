/** Where files are stored. */
export type ArchiveTarget =
  | { folder: string }
  | {
      bucket: string;
      /** Without slashes at its ends; empty for the whole bucket. */
      prefix: string;
      region?: string;
      endpoint?: string;
      forcePathStyle: boolean;
      accountId?: string;
    };

/** Settings of the archive. */
export interface ArchiveConfig {
  target: ArchiveTarget;
  /** How long days are kept; for ever if absent. */
  retentionMs?: number;
  /** Folder for temporary files; that of the operating system if absent. */
  workingDirectory?: string;
  /** Space for files that were read from S3. */
  cacheBytes: number;
  /** What DuckDB may use at most, for reading and for writing each. */
  memoryBytes: number;
  threads: number;
  /** Time limit of reading for one call. */
  timeoutMs: number;
}

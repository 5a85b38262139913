import type { HumanDuration } from '@backstage/types';

export interface Config {
  cloudtrace?: {
    /**
     * Keeps the requests of past days as Parquet files instead of dropping them, see
     * docs/archive.md. Set either `folder` or `s3`, the same on every replica.
     */
    archive?: {
      /** Absolute path of a folder that every replica sees, such as a network file system. */
      folder?: string;
      /** S3 or storage with the same API. Credentials come from `aws.accounts`, or from the environment. */
      s3?: {
        bucket: string;
        /** Begins the keys of all objects; none by default. */
        prefix?: string;
        /** Region of the bucket; by default that of the environment. */
        region?: string;
        /** URL of storage other than AWS, such as `https://minio.example.com`. */
        endpoint?: string;
        /** Whether the bucket is part of the path instead of the host name, as MinIO needs; by default false. */
        forcePathStyle?: boolean;
        /** Account of `aws.accounts` whose credentials to use; by default `aws.mainAccount`. */
        accountId?: string;
      };
      /** Deletes days from the archive when they are older; at least a day. By default never. */
      retention?: string | HumanDuration;
      /** Folder for temporary files; by default that of the operating system. */
      workingDirectory?: string;
      /** Maximum bytes of files from S3 that are kept in the working directory; at least 64 MiB, by default 1 GiB. */
      cacheBytes?: number;
      /** Memory that DuckDB may use for reading, and as much again for writing; at least 64 MiB, by default 256 MiB. Beyond it, DuckDB uses the working directory. */
      memoryBytes?: number;
      /** Threads that DuckDB may use; by default 1. */
      threads?: number;
      /** Time limit of a search; by default 10 seconds. */
      timeout?: string | HumanDuration;
    };
  };
}

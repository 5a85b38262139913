import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of the database; `cloudtrace.database` in the configuration. */
export interface DatabaseConfig {
  /** How to distribute the tables with Citus; without it, one PostgreSQL stores everything. */
  distribution?: DistributionConfig;
}

/** How to distribute the tables. */
export interface DistributionConfig {
  /** Number of parts of each distributed table. */
  shardCount: number;
}

/** Citus itself allows more; each shard of each partition is a table. */
const MAX_SHARDS = 1024;

/** Reads `cloudtrace.database`, with defaults. */
export function readDatabaseConfig(root: Config): DatabaseConfig {
  const shardCount = readShardCount(root);
  return root.getOptionalBoolean('cloudtrace.database.distributed')
    ? { distribution: { shardCount } }
    : {};
}

/** Reads the number of shards, whether or not the tables shall be distributed. */
export function readShardCount(root: Config): number {
  const shardCount =
    root.getOptionalNumber('cloudtrace.database.shardCount') ?? 32;
  if (
    !Number.isInteger(shardCount) ||
    shardCount < 1 ||
    shardCount > MAX_SHARDS
  ) {
    throw new InputError(
      `cloudtrace.database.shardCount must be a whole number from 1 to ${MAX_SHARDS}`,
    );
  }
  return shardCount;
}

import type { Config } from '@backstage/config';
import { readRole, type ReplicaRole } from './config/role';
import { readDatabaseConfig, type DatabaseConfig } from './database/config';
import { readFleetConfig, type FleetConfig } from './fleet/config';
import { readIngestConfig, type IngestConfig } from './ingest/config';
import {
  readNotificationsConfig,
  type NotificationsConfig,
} from './notifications/config';
import { readRetentionConfig, type RetentionConfig } from './rollups/config';
import { readScansConfig, type ScansConfig } from './scans/config';
import { readTokensConfig, type TokensConfig } from './tokens/config';
import { readTracingConfig, type TracingConfig } from './requests/config';

/** All settings that the backend reads from app-config, with defaults filled in. */
export interface CloudtraceConfig {
  role: ReplicaRole;
  database: DatabaseConfig;
  fleet: FleetConfig;
  ingest: IngestConfig;
  notifications: NotificationsConfig;
  retention: RetentionConfig;
  scans: ScansConfig;
  tokens: TokensConfig;
  tracing: TracingConfig;
}

/**
 * Reads and validates the config once, at start.
 *
 * @throws If a value is invalid; the message contains its key
 */
export function readCloudtraceConfig(config: Config): CloudtraceConfig {
  return {
    role: readRole(config),
    database: readDatabaseConfig(config),
    fleet: readFleetConfig(config),
    ingest: readIngestConfig(config),
    notifications: readNotificationsConfig(config),
    retention: readRetentionConfig(config),
    scans: readScansConfig(config),
    tokens: readTokensConfig(config),
    tracing: readTracingConfig(config),
  };
}

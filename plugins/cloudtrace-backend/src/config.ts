import type { Config } from '@backstage/config';
import { readFleetConfig, type FleetConfig } from './config/readFleetConfig';
import {
  readIngestConfig,
  readRetentionConfig,
  type IngestConfig,
  type RetentionConfig,
} from './config/readIngestConfig';
import {
  readSonarqubeConfig,
  type SonarqubeInstance,
} from './scans/sources/sonarqube/readSonarqubeConfig';
import { readTokensConfig, type TokensConfig } from './config/readTokensConfig';
import {
  readTracingConfig,
  type TracingConfig,
} from './config/readTracingConfig';

/** Everything that the backend reads from app-config, with all defaults filled in. */
export interface CloudtraceConfig {
  fleet: FleetConfig;
  ingest: IngestConfig;
  retention: RetentionConfig;
  sonarqube: SonarqubeInstance[];
  tokens: TokensConfig;
  tracing: TracingConfig;
}

/**
 * Reads and checks the config once, at start-up.
 *
 * @throws If a value is invalid; the message names its key
 */
export function readCloudtraceConfig(config: Config): CloudtraceConfig {
  return {
    fleet: readFleetConfig(config),
    ingest: readIngestConfig(config),
    retention: readRetentionConfig(config),
    sonarqube: readSonarqubeConfig(config),
    tokens: readTokensConfig(config),
    tracing: readTracingConfig(config),
  };
}

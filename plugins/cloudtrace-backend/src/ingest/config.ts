import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readDurationMs } from '../config/readDurationMs';
import type { OtlpListenOptions } from './http/OtlpListener';
import { MAX_SPANS_PER_BODY } from './rows/DuplicateFinder';

const MIB = 1024 * 1024;

/** Settings of ingest; `cloudtrace.ingest` in the configuration. */
export interface IngestConfig {
  /** A separate port for ingest; without it, only the backend's path accepts spans. */
  listen?: OtlpListenOptions;
  /** A port for OTLP over gRPC; without it, only HTTP is served. */
  grpc?: OtlpListenOptions;
  /** Whether platform tokens work and can be created. */
  platformTokens: boolean;
  maxBodyBytes: number;
  maxInFlightBytes: number;
  maxSpansPerRequest: number;
  maxFieldsPerRequest: number;
  bodyTimeoutMs: number;
  acquireTimeoutMs: number;
  statementTimeoutMs: number;
  acceptFutureMs: number;
  maxBatchSpans: number;
  quotas: {
    /** Per token and replica; 0 means none. */
    spansPerSecond: number;
    /** Per entity; 0 means none. */
    bytesPerDay: number;
    /** New names per entity and day. */
    routesPerDay: number;
    instancesPerDay: number;
  };
}

/** Reads `cloudtrace.ingest`, with defaults. */
export function readIngestConfig(root: Config): IngestConfig {
  const config = root.getOptionalConfig('cloudtrace.ingest');
  const quotas = config?.getOptionalConfig('quotas');
  const maxSpansPerRequest = readCount(config, 'maxSpansPerRequest', 10_000, 1);
  if (maxSpansPerRequest > MAX_SPANS_PER_BODY) {
    throw new InputError(
      `cloudtrace.ingest.maxSpansPerRequest must be at most ${MAX_SPANS_PER_BODY}`,
    );
  }
  return {
    listen: readListen(config, 'listen'),
    grpc: readListen(config, 'grpc'),
    platformTokens: config?.getOptionalBoolean('platformTokens') ?? false,
    maxBodyBytes: readCount(config, 'maxBodyBytes', 8 * MIB, 1024),
    maxInFlightBytes: readCount(config, 'maxInFlightBytes', 32 * MIB, 1024),
    maxSpansPerRequest,
    maxFieldsPerRequest: 1_000_000,
    bodyTimeoutMs: readDurationMs(config, 'bodyTimeout', { seconds: 10 }),
    acquireTimeoutMs: readDurationMs(config, 'acquireTimeout', { seconds: 2 }),
    statementTimeoutMs: readDurationMs(config, 'statementTimeout', {
      seconds: 5,
    }),
    acceptFutureMs: readDurationMs(config, 'acceptFuture', { minutes: 10 }),
    maxBatchSpans: 8_000,
    quotas: {
      spansPerSecond: readCount(quotas, 'spansPerSecond', 20_000, 0),
      bytesPerDay: readCount(quotas, 'bytesPerDay', 50 * 1024 * MIB, 0),
      routesPerDay: readCount(quotas, 'routesPerDay', 1000, 1),
      instancesPerDay: readCount(quotas, 'instancesPerDay', 500, 1),
    },
  };
}

function readListen(
  config: Config | undefined,
  key: 'listen' | 'grpc',
): OtlpListenOptions | undefined {
  const listen = config?.getOptionalConfig(key);
  if (!listen) return undefined;
  const port = listen.getNumber('port');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InputError(
      `cloudtrace.ingest.${key}.port must be a port from 0 to 65535, not ${port}`,
    );
  }
  return { host: listen.getOptionalString('host'), port };
}

function readCount(
  config: Config | undefined,
  key: string,
  fallback: number,
  min: number,
): number {
  const value = config?.getOptionalNumber(key) ?? fallback;
  if (!Number.isSafeInteger(value) || value < min) {
    throw new InputError(
      `cloudtrace.ingest: ${key} must be a whole number of at least ${min}, got ${value}`,
    );
  }
  return value;
}

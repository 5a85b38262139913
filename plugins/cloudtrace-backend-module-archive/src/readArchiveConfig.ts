import { isAbsolute } from 'node:path';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { ArchiveConfig, ArchiveTarget } from './types';

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;

/**
 * Reads `cloudtrace.archive`; `undefined` if it is absent.
 *
 * @throws `InputError` that names a bad key
 */
export function readArchiveConfig(root: Config): ArchiveConfig | undefined {
  const config = root.getOptionalConfig('cloudtrace.archive');
  if (!config) return undefined;
  const durationMs = (key: string) =>
    config.has(key)
      ? durationToMilliseconds(
          // From the root, so that an error names the whole key.
          readDurationFromConfig(root, { key: `cloudtrace.archive.${key}` }),
        )
      : undefined;
  const retentionMs = durationMs('retention');
  if (retentionMs !== undefined && retentionMs < DAY_MS) {
    throw new InputError('cloudtrace.archive.retention must be at least a day');
  }
  const timeoutMs = durationMs('timeout') ?? 10_000;
  if (timeoutMs < 100) {
    throw new InputError('cloudtrace.archive.timeout must be at least 100 ms');
  }
  return {
    target: readTarget(config),
    retentionMs,
    workingDirectory: config.getOptionalString('workingDirectory'),
    cacheBytes: readWhole(config, 'cacheBytes', 1024 * MIB, 64 * MIB),
    memoryBytes: readWhole(config, 'memoryBytes', 256 * MIB, 64 * MIB),
    threads: readWhole(config, 'threads', 1, 1),
    timeoutMs,
  };
}

function readTarget(config: Config): ArchiveTarget {
  const folder = config.getOptionalString('folder');
  const s3 = config.getOptionalConfig('s3');
  if ((folder === undefined) === (s3 === undefined)) {
    throw new InputError(
      'cloudtrace.archive needs either folder or s3, and not both',
    );
  }
  if (folder !== undefined) {
    if (!isAbsolute(folder)) {
      throw new InputError(
        `cloudtrace.archive.folder must be an absolute path, but is '${folder}'`,
      );
    }
    return { folder };
  }
  const endpoint = s3!.getOptionalString('endpoint');
  if (endpoint !== undefined && !isHttpUrl(endpoint)) {
    throw new InputError(
      `cloudtrace.archive.s3.endpoint must be an http(s) URL, but is '${endpoint}'`,
    );
  }
  return {
    bucket: s3!.getString('bucket'),
    prefix: (s3!.getOptionalString('prefix') ?? '').replace(/^\/+|\/+$/g, ''),
    region: s3!.getOptionalString('region'),
    endpoint,
    forcePathStyle: s3!.getOptionalBoolean('forcePathStyle') ?? false,
    accountId: s3!.getOptionalString('accountId'),
  };
}

function isHttpUrl(text: string): boolean {
  return (
    URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
  );
}

function readWhole(
  config: Config,
  key: string,
  fallback: number,
  min: number,
): number {
  const value = config.getOptionalNumber(key) ?? fallback;
  if (!Number.isSafeInteger(value) || value < min) {
    throw new InputError(
      `cloudtrace.archive.${key} must be a whole number of at least ${min}`,
    );
  }
  return value;
}

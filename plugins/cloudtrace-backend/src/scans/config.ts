import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';

/** Settings of security scans. */
export interface ScansConfig {
  retention: {
    /** Scans, apart from the current one of each stream. */
    scansMs: number;
    /** Fixed findings, and the history of the counts. */
    findingsMs: number;
  };
  /** Where the portal is, for links to it; absent if app-config does not say. */
  appBaseUrl?: string;
}

/** Reads `cloudtrace.scans`, and where the portal is. */
export function readScansConfig(config: Config): ScansConfig {
  return {
    retention: {
      scansMs: readRetentionMs(config, 'scans', { days: 396 }),
      findingsMs: readRetentionMs(config, 'findings', { days: 731 }),
    },
    appBaseUrl: config.getOptionalString('app.baseUrl'),
  };
}

function readRetentionMs(
  config: Config,
  name: string,
  fallback: HumanDuration,
): number {
  const key = `cloudtrace.scans.retention.${name}`;
  const ms = durationToMilliseconds(
    config.has(key) ? readDurationFromConfig(config, { key }) : fallback,
  );
  if (!(ms >= DAY_MS)) throw new InputError(`${key} must be at least 1 day`);
  return ms;
}

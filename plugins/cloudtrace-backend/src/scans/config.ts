import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';

/** Settings of security scans. */
export interface ScansConfig {
  retention: {
    /** Scans, except the current one of each stream. */
    scansMs: number;
    /** Fixed findings, and the history of counts. */
    findingsMs: number;
  };
  /** URL of the portal, for links; absent if app-config does not contain it. */
  appBaseUrl?: string;
}

/** Reads `cloudtrace.scans` and the URL of the portal. */
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

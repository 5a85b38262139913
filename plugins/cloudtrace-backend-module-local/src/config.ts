import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { targetPaths } from '@backstage/cli-common';

/** The module's configuration with its defaults. */
export interface LocalConfig {
  /** Absolute path of the launcher's folder. */
  directory: string;
  /** Absolute paths of the folders whose repositories may be started. */
  repositories: string[];
}

/** Reads the configuration; undefined if the local fleet is off. */
export function readLocalConfig(config: Config): LocalConfig | undefined {
  const local = config.getOptionalConfig('cloudtrace.local');
  if (!local?.getOptionalBoolean('enabled')) return undefined;
  const fromTemplate = config.getOptionalString(
    'cloudtrace.scaffolder.localRepositories',
  );
  const repositories =
    local.getOptionalStringArray('repositories') ??
    (fromTemplate ? [fromTemplate] : []);
  return {
    directory: targetPaths.resolveRoot(
      local.getOptionalString('directory') ?? '.local/fleet',
    ),
    repositories: repositories.map(folder => resolve(folder)),
  };
}

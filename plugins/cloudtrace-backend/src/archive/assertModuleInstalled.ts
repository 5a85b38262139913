import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Ends the start if an archive is configured but its module is missing.
 * Otherwise the retention would drop the days that should be archived.
 */
export function assertModuleInstalled(options: {
  rootConfig: Config;
  installed: boolean;
}): void {
  const { rootConfig, installed } = options;
  if (installed || !rootConfig.has('cloudtrace.archive')) return;
  throw new InputError(
    "cloudtrace.archive is configured, but its module is not installed. Add it to the backend: backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-archive')), or remove cloudtrace.archive",
  );
}

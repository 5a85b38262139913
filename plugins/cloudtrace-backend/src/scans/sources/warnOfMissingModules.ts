import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';

/** Sources that were part of the backend before they became modules, by their key below `cloudtrace`. */
const modules = ['snyk', 'sonarqube'];

/**
 * Warns of sources that are configured but not installed. Otherwise nobody
 * would notice that their findings are no longer updated.
 */
export function warnOfMissingModules(options: {
  rootConfig: Config;
  logger: LoggerService;
  installed: ReadonlyArray<{ id: string }>;
}): void {
  const { rootConfig, logger, installed } = options;
  for (const name of modules) {
    const key = `cloudtrace.${name}`;
    if (!rootConfig.has(key) || installed.some(({ id }) => id === name)) {
      continue;
    }
    logger.warn(
      `${key} is configured, but its module is not installed, so no findings are polled. Add it to the backend: backend.add(import('@cloudtrace/plugin-cloudtrace-backend-module-${name}'))`,
    );
  }
}

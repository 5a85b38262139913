import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of the Snyk source. */
export interface SnykConfig {
  /** Without a trailing slash. */
  apiUrl: string;
  token: string;
  /** Organisations to read; the first one applies to entities that specify none. */
  orgs: string[];
  /** Any of them may sign a webhook; an empty list disables webhooks. */
  webhookSecrets: string[];
  schedule: SchedulerServiceTaskScheduleDefinition;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text has the format of Snyk's ids, in lower case. */
export function isSnykId(text: string): boolean {
  return uuid.test(text);
}

/**
 * Reads `cloudtrace.snyk`; `undefined` if it is absent.
 *
 * @throws `InputError` with the name of the invalid key
 */
export function readSnykConfig(root: Config): SnykConfig | undefined {
  const config = root.getOptionalConfig('cloudtrace.snyk');
  if (!config) return undefined;
  const orgs = config.getStringArray('orgs').map(id => id.toLowerCase());
  if (orgs.length === 0 || !orgs.every(isSnykId)) {
    throw new InputError(
      'cloudtrace.snyk.orgs must list at least one organisation by its id, a UUID from the settings of the organisation in Snyk',
    );
  }
  const webhookSecrets =
    config.getOptionalStringArray('webhookSecrets')?.filter(Boolean) ?? [];
  if (webhookSecrets.some(secret => secret.length < 16)) {
    throw new InputError(
      `cloudtrace.snyk.webhookSecrets must have at least 16 characters each; create one with 'openssl rand -hex 32'`,
    );
  }
  return {
    apiUrl: readUrl(config),
    token: config.getString('token'),
    orgs,
    webhookSecrets,
    schedule: config.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig('schedule'),
        )
      : {
          frequency: { hours: 1 },
          timeout: { minutes: 30 },
          initialDelay: { minutes: 2 },
        },
  };
}

function readUrl(config: Config): string {
  const text = config.getOptionalString('apiUrl') ?? 'https://api.snyk.io';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    !url ||
    !['https:', 'http:'].includes(url.protocol) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  ) {
    throw new InputError(
      'cloudtrace.snyk.apiUrl must be a URL such as https://api.eu.snyk.io, without credentials and query',
    );
  }
  return url.href.replace(/\/+$/, '');
}

import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const issueTypes = ['VULNERABILITY', 'BUG', 'CODE_SMELL'];
const MIN_SECRET_LENGTH = 16;

/** A SonarQube server to read. */
export interface SonarqubeInstance {
  name: string;
  /** Without a trailing slash. */
  baseUrl: string;
  token: string;
  /** Without it, the webhook is disabled. */
  webhookSecret: string | undefined;
  /** SonarQube's `types` of issues to read. */
  issueTypes: string[];
  schedule: SchedulerServiceTaskScheduleDefinition;
}

/**
 * Reads `cloudtrace.sonarqube.instances`.
 *
 * @throws If a value is invalid; the message contains its key and never its
 * secret
 */
export function readSonarqubeConfig(config: Config): SonarqubeInstance[] {
  const path = 'cloudtrace.sonarqube.instances';
  const names = new Set<string>();
  return (config.getOptionalConfigArray(path) ?? []).map((item, i) => {
    const at = (key: string) => `${path}[${i}].${key}`;
    const name = item.getString('name');
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name)) {
      throw new InputError(
        `${at('name')} must contain only letters, digits, - and _, at most 63`,
      );
    }
    if (names.has(name)) {
      throw new InputError(`${at('name')} '${name}' is listed twice`);
    }
    names.add(name);
    const webhookSecret = item.getOptionalString('webhookSecret');
    if (
      webhookSecret !== undefined &&
      webhookSecret.length < MIN_SECRET_LENGTH
    ) {
      throw new InputError(
        `${at(
          'webhookSecret',
        )} must have at least ${MIN_SECRET_LENGTH} characters; set the same longer secret in SonarQube's webhook`,
      );
    }
    const types = item.getOptionalStringArray('issueTypes') ?? [
      'VULNERABILITY',
    ];
    const unknown = types.find(type => !issueTypes.includes(type));
    if (unknown || types.length === 0) {
      throw new InputError(
        `${at('issueTypes')} must be a subset of ${issueTypes.join(', ')}`,
      );
    }
    return {
      name,
      baseUrl: readBaseUrl(item.getString('baseUrl'), at('baseUrl')),
      token: item.getString('token'),
      webhookSecret,
      issueTypes: types,
      schedule: item.has('schedule')
        ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
            item.getConfig('schedule'),
          )
        : {
            frequency: { minutes: 30 },
            timeout: { minutes: 25 },
            initialDelay: { minutes: 1 },
          },
    };
  });
}

function readBaseUrl(text: string, key: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    !url ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  ) {
    throw new InputError(
      `${key} must be an http(s) URL without user, query and fragment`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

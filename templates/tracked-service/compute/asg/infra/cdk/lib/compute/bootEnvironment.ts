import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_CA } from '../names.ts';

/** Input of the boot script; see `start-service.sh`. */
export interface BootEnvironment {
  readonly region: string;
  /** Name of the Auto Scaling group, a dimension of the instance's metrics. */
  readonly groupName: string;
  readonly image: string;
  readonly logGroupName: string;
  /** Environment variables of the container. */
  readonly service: Readonly<Record<string, string>>;
}

const SCRIPT = path.join(import.meta.dirname, 'start-service.sh');

/** The instance's user data: the exported environment, then the script, which is plain bash (checked by shellcheck). */
export function userData(boot: BootEnvironment): string {
  const variables: Record<string, string> = {
    AWS_REGION: boot.region,
    DATABASE_CA_FILE_URL: DATABASE_CA,
    SERVICE_ENVIRONMENT: sorted(boot.service)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n'),
    SERVICE_GROUP: boot.groupName,
    SERVICE_IMAGE: boot.image,
    SERVICE_LOG_GROUP: boot.logGroupName,
  };
  return [
    '#!/bin/bash',
    ...sorted(variables).map(
      ([key, value]) => `export ${key}='${value.replaceAll("'", `'\\''`)}'`,
    ),
    readFileSync(SCRIPT, 'utf8'),
  ].join('\n');
}

function sorted(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

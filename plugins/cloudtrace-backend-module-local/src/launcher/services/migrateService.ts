import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseLogin } from '../database/DatabaseLogin';
import { runProgram } from './runProgram';

const PROGRAM = 'dist/migrate.js';
/** The login that the service's migration creates; it may only read and write rows. */
const APPLICATION_USER = 'service_application_a';
const TIMEOUT_MS = 60_000;

/**
 * Migrates the database as a deployment does: as the owner, in a process of its
 * own. The instances get the login for rows only, so that a missing grant fails
 * here and not in production.
 *
 * @returns The owner's login for a service that has no such program: it
 * migrates when it starts.
 */
export async function migrateService(options: {
  directory: string;
  /** Login of a user that may create roles. */
  ownerUrl: string;
  /** Shared by all services: logins belong to the database server. */
  applicationPassword: string;
  signal: AbortSignal;
}): Promise<DatabaseLogin> {
  const { directory, ownerUrl, applicationPassword, signal } = options;
  if (!existsSync(join(directory, PROGRAM))) {
    return { url: ownerUrl, migrated: false };
  }
  await runProgram(process.execPath, [PROGRAM], {
    cwd: directory,
    signal,
    timeoutMs: TIMEOUT_MS,
    environment: {
      LOG_LEVEL: 'warn',
      DATABASE_URL: ownerUrl,
      DATABASE_APPLICATION_PASSWORD: applicationPassword,
    },
  });
  const url = new URL(ownerUrl);
  url.username = APPLICATION_USER;
  url.password = applicationPassword;
  return { url: url.href, migrated: true };
}

import type { ClientBase } from 'pg';
import type { Logger } from 'pino';
import { migrate } from '../starter/migrate.js';
import { createFingerprints, recordFingerprint } from './fingerprint.js';
import {
  becomeOwner,
  grantToApplication,
  setApplicationLogin,
} from './roles.js';

/**
 * Migrates the schema as its owner, and lets the application use it. The connection's user must be able to create roles.
 *
 * @param options.login - login of the application to create or change; none changes no login
 */
export async function migrateWithRoles(options: {
  client: ClientBase;
  logger: Logger;
  login?: { user: string; password: string };
}): Promise<void> {
  const { client, logger, login } = options;
  await becomeOwner(client);
  await migrate(client, logger);
  await createFingerprints(client);
  await grantToApplication(client);
  if (login) await setApplicationLogin(client, login);
  await recordFingerprint(client);
}

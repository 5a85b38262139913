import type { ClientBase } from 'pg';
import type { Logger } from 'pino';
import { migrate } from '../starter/migrate.js';
import { createFingerprints, recordFingerprint } from './migrate.js';
import { lockMigrations, withLockTimeout } from './migrationLocks.js';

/** Owns the tables and may change them; nobody logs in as this role. */
const OWNER_ROLE = 'service_owner';
/** May read and write rows, and nothing else; every login of the service belongs to it. */
const APPLICATION_ROLE = 'service_application';

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
  await lockMigrations(client);
  await withLockTimeout(options, () => becomeOwner(client));
  await withLockTimeout(options, () => migrate(client, logger));
  await createFingerprints(client);
  await withLockTimeout(options, () => grantToApplication(client));
  if (login) await setApplicationLogin(client, login);
  await recordFingerprint(client);
}

/**
 * Creates the two roles, hands existing tables over to the owner, and continues as the owner. Needs a user that may
 * create roles, such as the master user of RDS; safe to repeat.
 */
async function becomeOwner(client: ClientBase): Promise<void> {
  for (const role of [OWNER_ROLE, APPLICATION_ROLE]) {
    await createRole(client, role, 'NOLOGIN');
  }
  const { rows } = await client.query<{ database: string; super: boolean }>(
    'SELECT quote_ident(current_database()) AS database, rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  );
  const database = rows[0]?.database;
  // A superuser needs no membership, and on a server with many databases the grants would collide.
  if (!rows[0]?.super) {
    await client.query(`GRANT ${OWNER_ROLE} TO CURRENT_USER`);
  }
  await client.query(`
    REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
    GRANT CONNECT, CREATE ON DATABASE ${database} TO ${OWNER_ROLE};
    GRANT CONNECT ON DATABASE ${database} TO ${APPLICATION_ROLE};
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT CREATE, USAGE ON SCHEMA public TO ${OWNER_ROLE};
  `);
  await handOver(client);
  await client.query(`SET ROLE ${OWNER_ROLE}`);
}

/** Lets the application read and write the rows of all tables that exist now. */
async function grantToApplication(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT DISTINCT quote_ident(n.nspname) AS schema
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relowner = '${OWNER_ROLE}'::regrole AND n.nspname NOT LIKE 'pg\\_%'`,
  );
  for (const { schema } of rows) {
    await client.query(`
      GRANT USAGE ON SCHEMA ${schema} TO ${APPLICATION_ROLE};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${APPLICATION_ROLE};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${APPLICATION_ROLE};
    `);
  }
  // What was migrated is for the application to read only.
  await client.query(
    `REVOKE INSERT, UPDATE, DELETE ON schema_migrations, schema_fingerprints FROM ${APPLICATION_ROLE}`,
  );
}

/** As the connection's user, creates a login of the application, or gives an existing one this password. Then continues as the owner. */
async function setApplicationLogin(
  client: ClientBase,
  login: { user: string; password: string },
): Promise<void> {
  await client.query('RESET ROLE');
  const user = client.escapeIdentifier(login.user);
  const password = client.escapeLiteral(login.password);
  await createRole(client, user, 'LOGIN');
  await client.query(`ALTER ROLE ${user} WITH LOGIN PASSWORD ${password}`);
  await client.query(`GRANT ${APPLICATION_ROLE} TO ${user}`);
  await client.query(`SET ROLE ${OWNER_ROLE}`);
}

/** Roles belong to the server, so another database of it may have created this one. */
async function createRole(
  client: ClientBase,
  role: string,
  attribute: 'LOGIN' | 'NOLOGIN',
): Promise<void> {
  const name = role.replaceAll('"', '');
  const { rowCount } = await client.query(
    'SELECT FROM pg_roles WHERE rolname = $1',
    [name],
  );
  if (rowCount) return;
  try {
    await client.query(`CREATE ROLE ${role} ${attribute}`);
  } catch (error) {
    // Another database of this server was faster; its lock is not ours.
    if (
      !['42710', '23505'].includes(String((error as { code?: string }).code))
    ) {
      throw error;
    }
  }
}

/** Tables that this user made before there were roles. */
async function handOver(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ relation: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS relation
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname = 'public'
       AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)`,
  );
  for (const { relation } of rows) {
    await client.query(`ALTER TABLE ${relation} OWNER TO ${OWNER_ROLE}`);
  }
}

import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/**
 * Key of the advisory lock that lets one replica migrate at a time. Any fixed
 * number works; this one is "cloudtra" read as eight bytes.
 */
const MIGRATION_LOCK_KEY = '7164215968421573217';

/**
 * Migrates the schema. Replicas that start together take turns: knex itself
 * would fail the second one, and would stay locked forever after a kill during
 * a migration.
 */
export async function applyDatabaseMigrations(knex: Knex): Promise<void> {
  const directory = resolvePackagePath(
    '@cloudtrace/plugin-cloudtrace-backend',
    'migrations',
  );
  await withMigrationLock(knex, async () => {
    // Nobody else can be migrating now, so a remaining lock row was left behind
    // by a dead replica.
    if (await knex.schema.hasTable('knex_migrations_lock')) {
      await knex.migrate.forceFreeMigrationsLock({ directory });
    }
    await knex.migrate.latest({
      directory,
      // A replica of the version before may start while replicas are replaced,
      // or after the upgrade was undone: it works with the newer schema.
      disableMigrationsListValidation: true,
    });
  });
}

/**
 * Runs work that changes the schema on one replica at a time. The lock belongs
 * to an open transaction and ends with it: a pooler such as PgBouncer may run
 * the statements of a session on several connections, where a session's lock
 * would stay behind and stop every later start.
 */
export async function withMigrationLock<T>(
  knex: Knex,
  work: () => Promise<T>,
): Promise<T> {
  const connection = await knex.client.acquireConnection();
  try {
    await connection.query('BEGIN');
    // The transaction is idle while the work goes on, for minutes if need be.
    await connection.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await connection.query('SELECT pg_advisory_xact_lock($1)', [
      MIGRATION_LOCK_KEY,
    ]);
    return await work();
  } finally {
    await connection.query('ROLLBACK').catch(() => undefined);
    await knex.client.releaseConnection(connection);
  }
}

/** Fails at start on anything but PostgreSQL, with a message that explains what to do. */
export function assertPostgres(knex: Knex): void {
  const client = knex.client.config.client;
  if (client !== 'pg') {
    throw new Error(
      `CloudTrace needs PostgreSQL 14 or newer, but its database client is '${client}'. ` +
        `Set backend.database.client (or backend.database.plugin.cloudtrace.client) to 'pg'.`,
    );
  }
}

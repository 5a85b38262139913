import { fileURLToPath } from 'node:url';
import { runMigrations } from 'bullmq';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import type { Client } from 'pg';
import type { Migrate } from './types.js';

const migrationsFolder = fileURLToPath(
  new URL('../../migrations', import.meta.url),
);
/** Any number that nothing else locks. */
const lockKey = 7_402_118;

/** Applies the files that `npm run migrations:make` wrote, and those of the job queue. Instances that start together wait for each other. */
export const migrate: Migrate = async (client, logger) => {
  // Drizzle has no lock of its own. The lock ends with the connection.
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  await applyMigrations(drizzle({ client: client as unknown as Client }), {
    migrationsFolder,
    migrationsSchema: 'public',
    migrationsTable: 'schema_migrations',
  });
  // In a schema of its own, also if jobs are kept in Redis: changing the adapter then needs no migration.
  await runMigrations(client);
  logger.info('schema is up to date');
};

import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../../../database/migrations';
import { createTestToken } from '../../../testUtils/createTestToken';
import { TestPostgres, type TestPostgresOptions } from '../../../testUtils';
import { connectWithRestarts } from './connectWithRestarts';

/** Backstage's name for the plugin's database. */
const DATABASE = 'backstage_plugin_cloudtrace';

/** A durable PostgreSQL with CloudTrace's tables, for separate backends. */
export interface FaultPostgres {
  server: TestPostgres;
  /** Pool for the test. */
  knex: Knex;
  /** Ingest token of one entity. */
  token: string;
  stop(): Promise<void>;
}

/** Starts a {@link FaultPostgres}. */
export async function startFaultPostgres(
  options: TestPostgresOptions,
): Promise<FaultPostgres> {
  const server = await TestPostgres.start({ durable: true, ...options });
  const admin = connectWithRestarts(server.connectionString());
  await admin.raw('CREATE DATABASE ??', [DATABASE]);
  await admin.destroy();
  const knex = connectWithRestarts(server.connectionString(DATABASE));
  await applyDatabaseMigrations(knex);
  return {
    server,
    knex,
    token: await createTestToken(knex, 'component:default/shop'),
    async stop() {
      await knex.destroy();
      await server.stop();
    },
  };
}

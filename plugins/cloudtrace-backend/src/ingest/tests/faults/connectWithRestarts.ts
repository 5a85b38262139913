import knexFactory, { type Knex } from 'knex';

/** A pool for a test whose server restarts. */
export function connectWithRestarts(connection: string): Knex {
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 2 },
  });
  // Connections break when the server restarts; the next query creates new
  // ones.
  knex.on('error', () => undefined);
  return knex;
}

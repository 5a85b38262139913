import knexFactory, { type Knex } from 'knex';

/** A pool of a test whose server goes down and comes up again. */
export function connectWithRestarts(connection: string): Knex {
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 2 },
  });
  // Connections break when the server restarts; the next query makes new ones.
  knex.on('error', () => undefined);
  return knex;
}

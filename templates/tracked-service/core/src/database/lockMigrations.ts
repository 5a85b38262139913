import type { ClientBase } from 'pg';

/** Advisory lock: any number that nothing else locks. */
const lockKey = 7_402_119;

/** Waits until nobody else migrates. The lock ends with the connection. */
export async function lockMigrations(client: ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
}

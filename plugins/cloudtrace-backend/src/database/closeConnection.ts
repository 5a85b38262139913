import type { Client } from 'pg';

/** Closes a connection at once; its pool notices and creates a new one. */
export function closeConnection(client: Client): void {
  const { connection } = client as unknown as {
    connection: { stream: { destroy(error: Error): void } };
  };
  connection.stream.destroy(new Error('The database did not respond in time'));
}

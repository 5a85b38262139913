import type { Client } from 'pg';
import { closeConnection } from '../closeConnection';

/** Enough for the end of a transaction that failed. */
const READY_TIMEOUT_MS = 1_000;

/** What `pg` knows of a connection. */
interface ClientState {
  readyForQuery: boolean;
  connection: NodeJS.EventEmitter;
}

/**
 * Whether the server takes another statement on a connection. Closes it if not.
 *
 * A coordinator reports that a statement timed out, and then asks the worker to
 * cancel it. If the worker hangs, so does the coordinator, without a limit, and
 * with it whoever uses the connection next.
 */
export async function becomesReady(client: Client): Promise<boolean> {
  const { readyForQuery, connection } = client as unknown as ClientState;
  if (readyForQuery) return true;
  return new Promise(resolve => {
    const onReady = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      connection.off('readyForQuery', onReady);
      closeConnection(client);
      resolve(false);
    }, READY_TIMEOUT_MS);
    connection.once('readyForQuery', onReady);
  });
}

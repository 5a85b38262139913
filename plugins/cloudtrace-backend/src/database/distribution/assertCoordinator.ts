import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

/**
 * Rejects a database whose tables cannot be distributed, with a message that
 * says what to do.
 */
export async function assertCoordinator(knex: Knex): Promise<void> {
  const [{ database, installed }] = await queryRows<{
    database: string;
    installed: boolean;
  }>(
    knex,
    `SELECT current_database() AS database,
            EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS installed`,
  );
  if (!installed) {
    throw new Error(
      `The tables cannot be distributed: the database '${database}' has no extension citus. ` +
        `Run CREATE EXTENSION citus in this database on the coordinator and on each worker, or set cloudtrace.database.distributed to false.`,
    );
  }
  const [{ coordinator, nodes }] = await queryRows<{
    coordinator: boolean;
    nodes: number;
  }>(
    knex,
    `SELECT (SELECT groupid = 0 FROM pg_dist_local_group) AS coordinator,
            (SELECT count(*)::int FROM pg_dist_node
              WHERE isactive AND shouldhaveshards AND noderole = 'primary') AS nodes`,
  );
  if (!coordinator) {
    throw new Error(
      `The tables cannot be distributed: the database '${database}' is on a worker. Connect to the coordinator.`,
    );
  }
  if (nodes === 0) {
    throw new Error(
      `The tables cannot be distributed: the database '${database}' knows no worker. ` +
        `Run SELECT citus_add_node('<host>', 5432) on the coordinator for each worker.`,
    );
  }
}

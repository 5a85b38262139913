import type { Knex } from 'knex';
import { queryRows } from '../queryRows';
import type { EntityServers } from './ServerPools';

/** The entities of a server, and how to reach them. */
export interface ServerEntities {
  server: number;
  knex: Knex;
  /** Absent if there is only one server: then it stores all entities. */
  entityIds?: readonly number[];
}

/**
 * Groups all entities by the server that stores them, for work that goes on
 * while a server is down. The list of entities itself is on the coordinator.
 */
export async function entitiesByServer(
  knex: Knex,
  servers: EntityServers,
): Promise<ServerEntities[]> {
  const [first, ...others] = servers.servers;
  if (others.length === 0) {
    return [{ server: first, knex: servers.poolOf(first) }];
  }
  const rows = await queryRows<{ entityId: number }>(
    knex,
    'SELECT entity_id AS "entityId" FROM entities ORDER BY 1',
  );
  const grouped = new Map<number, number[]>(
    servers.servers.map(server => [server, []]),
  );
  for (const { entityId } of rows) {
    grouped.get(servers.serverOf(entityId))?.push(entityId);
  }
  return [...grouped].map(([server, entityIds]) => ({
    server,
    knex: servers.poolOf(server),
    entityIds,
  }));
}

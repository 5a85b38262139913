import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { entitiesByServer, type ServerEntities } from './entitiesByServer';
import type { EntityServers } from './ServerPools';

/** What work on all servers needs. */
export interface ServerWork {
  /** For the list of entities. */
  knex: Knex;
  servers: EntityServers;
  logger: Pick<LoggerService, 'warn'>;
}

/**
 * Does something for the entities of each server, on all servers at once. If
 * one of several fails, the others go on, and the log names it.
 *
 * @param what - For the log: "Could not …"
 */
export async function onEachServer(
  { knex, servers, logger }: ServerWork,
  what: string,
  work: (part: ServerEntities) => Promise<void>,
): Promise<void> {
  const parts = await entitiesByServer(knex, servers);
  await Promise.all(
    parts.map(async part => {
      try {
        await work(part);
      } catch (error) {
        if (parts.length === 1) throw error;
        servers.refresh();
        logger.warn(
          `Could not ${what} on database server ${part.server}; the next run tries again`,
          error as Error,
        );
      }
    }),
  );
}

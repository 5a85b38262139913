import { entitiesByServer, type ServerEntities } from './entitiesByServer';
import { isOutage } from '../isOutage';
import type { ServerWork } from './onEachServer';

/** What the servers that respond returned, and which do not respond. */
export interface ServerAnswers<T> {
  answers: T[];
  silent: ServerEntities[];
}

/**
 * Asks for something about the entities of each server, all servers at once. If
 * one of several does not respond, the others count, and the log names it: the
 * caller says that nothing is known of its entities.
 *
 * @param what - For the log: "Could not …"
 * @throws The error of the server if it is the only one, and faults of the
 * question
 */
export async function askEachServer<T>(
  { knex, servers, logger }: ServerWork,
  what: string,
  ask: (part: ServerEntities) => Promise<T>,
): Promise<ServerAnswers<T>> {
  const parts = await entitiesByServer(knex, servers);
  const answers: T[] = [];
  const silent: ServerEntities[] = [];
  await Promise.all(
    parts.map(async part => {
      try {
        answers.push(await ask(part));
      } catch (error) {
        if (parts.length === 1 || !isOutage(error as Error)) throw error;
        servers.refresh();
        silent.push(part);
        logger.warn(
          `Could not ${what} on database server ${part.server}`,
          error as Error,
        );
      }
    }),
  );
  return { answers, silent };
}

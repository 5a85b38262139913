import type { DatabasePool } from '../database/DatabasePool.js';

/** Counts requesters that sent something within the window, across all instances. */
export async function countActiveUsers(
  database: DatabasePool,
  windowSeconds: number,
): Promise<number> {
  const [row] = await database.query<{ users: number }>(
    `SELECT count(DISTINCT requester)::int AS users FROM requests
     WHERE created_at > now() - make_interval(secs => $1)`,
    [windowSeconds],
  );
  return row?.users ?? 0;
}

import type { DatabasePool } from '../../database/DatabasePool.js';

/** Counts the sessions that any instance saw within the window. */
export async function countActiveUsers(
  database: DatabasePool,
  windowSeconds: number,
): Promise<number> {
  const [row] = await database.query<{ users: number }>(
    `SELECT count(*)::int AS users FROM sessions
     WHERE last_seen_at > now() - make_interval(secs => $1)`,
    [windowSeconds],
  );
  return row?.users ?? 0;
}

import type { Knex } from 'knex';
import { changeRows } from '../../database/queryRows';

/**
 * Begins a run if one is due: the interval has passed, or the replica of the
 * last run died before it finished. Resolves to whether a run began.
 */
export async function beginRun(
  knex: Knex,
  run: { name: string; holder: string; frequencyMs: number },
): Promise<boolean> {
  const rowCount = await changeRows(
    knex,
    `UPDATE fleet_leases SET run_started_at = now(), run_finished_at = NULL
      WHERE name = ? AND holder = ? AND (
        run_started_at IS NULL OR run_finished_at IS NULL
        OR run_started_at <= now() - ? * interval '1 millisecond'
      )`,
    [run.name, run.holder, run.frequencyMs],
  );
  return rowCount > 0;
}

import type { Knex } from 'knex';

/** Ends a run, unless another replica has taken over. */
export async function finishRun(
  knex: Knex,
  run: { name: string; holder: string },
): Promise<void> {
  await knex.raw(
    'UPDATE fleet_leases SET run_finished_at = now() WHERE name = ? AND holder = ?',
    [run.name, run.holder],
  );
}

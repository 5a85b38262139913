import type { Knex } from 'knex';
import { toStorable } from '../../database/toStorable';

/** Records that a provider succeeded or failed as a whole. */
export async function recordRun(
  knex: Knex,
  run: { provider: string; title: string; startedAt: Date; error?: string },
): Promise<void> {
  const { provider, title, startedAt } = run;
  const error = run.error === undefined ? null : toStorable(run.error);
  const failedAt = error === null ? null : startedAt;
  const workedAt = error === null ? startedAt : null;
  await knex.raw(
    `INSERT INTO fleet_runs (provider, title, last_started_at, last_success_at, last_error_at, last_error)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (provider) DO UPDATE SET
       title = excluded.title,
       last_started_at = excluded.last_started_at,
       last_success_at = COALESCE(excluded.last_success_at, fleet_runs.last_success_at),
       last_error_at = COALESCE(excluded.last_error_at, fleet_runs.last_error_at),
       last_error = COALESCE(excluded.last_error, fleet_runs.last_error)`,
    [provider, title, startedAt, workedAt, failedAt, error],
  );
}

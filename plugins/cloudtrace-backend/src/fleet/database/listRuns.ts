import type { Knex } from 'knex';

/** When a fleet provider last succeeded and last failed as a whole. */
export interface FleetRun {
  provider: string;
  title: string;
  lastStartedAt?: Date;
  lastSuccessAt?: Date;
  lastErrorAt?: Date;
  lastError?: string;
}

/** Lists the state of all fleet providers. */
export async function listRuns(knex: Knex): Promise<FleetRun[]> {
  const { rows } = await knex.raw('SELECT * FROM fleet_runs ORDER BY provider');
  return rows.map((row: Record<string, any>) => ({
    provider: row.provider,
    title: row.title,
    lastStartedAt: row.last_started_at ?? undefined,
    lastSuccessAt: row.last_success_at ?? undefined,
    lastErrorAt: row.last_error_at ?? undefined,
    lastError: row.last_error ?? undefined,
  }));
}

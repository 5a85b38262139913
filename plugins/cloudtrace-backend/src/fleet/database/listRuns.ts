import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** When a fleet provider last succeeded and last failed as a whole. */
export interface FleetRun {
  provider: string;
  title: string;
  lastStartedAt?: Date;
  lastSuccessAt?: Date;
  lastErrorAt?: Date;
  lastError?: string;
}

interface DbFleetRunRow {
  provider: string;
  title: string;
  last_started_at: Date | null;
  last_success_at: Date | null;
  last_error_at: Date | null;
  last_error: string | null;
}

/** Lists the state of all fleet providers. */
export async function listRuns(knex: Knex): Promise<FleetRun[]> {
  const rows = await queryRows<DbFleetRunRow>(
    knex,
    'SELECT * FROM fleet_runs ORDER BY provider',
  );
  return rows.map(row => ({
    provider: row.provider,
    title: row.title,
    lastStartedAt: row.last_started_at ?? undefined,
    lastSuccessAt: row.last_success_at ?? undefined,
    lastErrorAt: row.last_error_at ?? undefined,
    lastError: row.last_error ?? undefined,
  }));
}

import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** An environment with its oldest failover. */
export interface OngoingEnvironmentRow {
  entityRef: string;
  environment: string;
  detectedAt: Date;
}

/**
 * Lists environments with an ongoing or recent failover, with the detection
 * time of the oldest one.
 */
export async function listOngoing(
  knex: Knex,
  options: { recoveredSince: Date },
): Promise<OngoingEnvironmentRow[]> {
  const rows = await queryRows<OngoingEnvironmentRow>(
    knex,
    `SELECT entity_ref AS "entityRef", environment, min(detected_at) AS "detectedAt"
       FROM failovers WHERE recovered_at IS NULL OR recovered_at >= ?
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [options.recoveredSince],
  );
  return rows;
}

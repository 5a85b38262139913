import type { Knex } from 'knex';

/**
 * Lists environments with an ongoing or recent failover, with the detection
 * time of the oldest one.
 */
export async function listOngoing(
  knex: Knex,
  options: { recoveredSince: Date },
): Promise<
  Array<{ entityRef: string; environment: string; detectedAt: Date }>
> {
  const { rows } = await knex.raw(
    `SELECT entity_ref AS "entityRef", environment, min(detected_at) AS "detectedAt"
       FROM failovers WHERE recovered_at IS NULL OR recovered_at >= ?
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [options.recoveredSince],
  );
  return rows;
}

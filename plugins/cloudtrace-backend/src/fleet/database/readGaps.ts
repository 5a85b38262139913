import type { FleetPart } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** A time in which a part of a resource was not read. */
export interface GapRow {
  resourceId: number;
  part: FleetPart;
  from: Date;
  to: Date;
}

/** Reads the periods within a range in which any of the parts was not read. */
export async function readGaps(
  knex: Knex,
  query: {
    resourceIds: readonly number[];
    parts: readonly FleetPart[];
    from: Date;
    to: Date;
  },
): Promise<GapRow[]> {
  const rows = await queryRows<GapRow>(
    knex,
    `SELECT resource_id AS "resourceId", part, from_at AS "from", to_at AS "to"
       FROM fleet_gaps
      WHERE resource_id = ANY(?::int4[]) AND part = ANY(?::text[])
        AND from_at < ? AND to_at > ?
      ORDER BY from_at`,
    [[...query.resourceIds], [...query.parts], query.to, query.from],
  );
  return rows;
}

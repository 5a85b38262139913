import type { FleetPart } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { arrayBinding } from '../../database/arrayBinding';

/** A period in which a part of a resource was not read. */
export interface PartGap {
  part: FleetPart;
  from: Date;
  to: Date;
}

/** Stores periods in which parts of a resource were not read. */
export async function recordGaps(
  tx: Knex.Transaction,
  resourceId: number,
  gaps: readonly PartGap[],
): Promise<void> {
  if (gaps.length === 0) return;
  await tx.raw(
    `INSERT INTO fleet_gaps (resource_id, part, from_at, to_at)
     SELECT ?::int4, * FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[])
     ON CONFLICT (resource_id, part, from_at) DO NOTHING`,
    [
      resourceId,
      arrayBinding(gaps.map(({ part }) => part)),
      arrayBinding(gaps.map(({ from }) => from.toISOString())),
      arrayBinding(gaps.map(({ to }) => to.toISOString())),
    ],
  );
}

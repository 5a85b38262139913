import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFleetResourceRow, ResourceSnapshot } from './rows';

/** A stored resource in the provider's terms. */
export interface KnownResource {
  resourceId: number;
  resource: FleetResource;
  /** When the newest stored report was created. */
  observedAt?: Date;
  snapshot: ResourceSnapshot;
}

/** Lists the linked resources of a provider; with `externalIds`, only those. */
export async function listKnownResources(
  knex: Knex,
  query: { provider: string; externalIds?: readonly string[] },
): Promise<KnownResource[]> {
  const rows = await queryRows<DbFleetResourceRow>(
    knex,
    `SELECT r.* FROM fleet_resources r
      WHERE r.provider = ? AND (?::text[] IS NULL OR r.external_id = ANY(?::text[]))
        AND EXISTS (SELECT 1 FROM fleet_links l WHERE l.resource_id = r.resource_id)
      ORDER BY r.resource_id`,
    [
      query.provider,
      query.externalIds ? [...query.externalIds] : null,
      query.externalIds ? [...query.externalIds] : null,
    ],
  );
  return rows.map(row => ({
    resourceId: row.resource_id,
    observedAt: row.observed_at ?? undefined,
    snapshot: row.snapshot,
    resource: {
      provider: row.provider,
      id: row.external_id,
      type: row.type,
      name: row.name,
      account: row.account ?? undefined,
      region: row.region ?? undefined,
      consoleUrl: row.console_url ?? undefined,
    },
  }));
}

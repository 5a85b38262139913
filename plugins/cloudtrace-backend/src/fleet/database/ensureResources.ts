import { arrayBinding } from '../../database/arrayBinding';
import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Key of a resource in the result of {@link ensureResources}. */
export function resourceKey(resource: { provider: string; id: string }) {
  return `${resource.provider}\n${resource.id}`;
}

/** Stores the names of resources. Resolves to their ids by {@link resourceKey}. */
export async function ensureResources(
  knex: Knex,
  resources: readonly FleetResource[],
): Promise<Map<string, number>> {
  const unique = new Map(resources.map(r => [resourceKey(r), r]));
  // Sorted, so that two replicas lock the rows in the same order.
  const sorted = [...unique.keys()].sort().map(key => unique.get(key)!);
  if (sorted.length === 0) return new Map();
  const column = (pick: (resource: FleetResource) => string | undefined) =>
    arrayBinding(sorted.map(resource => pick(resource) ?? null));
  await knex.raw(
    `INSERT INTO fleet_resources (provider, external_id, type, name, account, region, console_url)
     SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
     ON CONFLICT (provider, external_id) DO UPDATE SET
       type = excluded.type, name = excluded.name, account = excluded.account,
       region = excluded.region, console_url = excluded.console_url
     WHERE (fleet_resources.type, fleet_resources.name, fleet_resources.account, fleet_resources.region, fleet_resources.console_url)
       IS DISTINCT FROM (excluded.type, excluded.name, excluded.account, excluded.region, excluded.console_url)`,
    [
      column(r => r.provider),
      column(r => r.id),
      column(r => r.type),
      column(r => r.name),
      column(r => r.account),
      column(r => r.region),
      column(r => httpUrl(r.consoleUrl)),
    ],
  );
  const rows = await queryRows<{
    resource_id: number;
    provider: string;
    id: string;
  }>(
    knex,
    `SELECT r.resource_id, r.provider, r.external_id AS id
       FROM unnest(?::text[], ?::text[]) AS wanted (provider, external_id)
       JOIN fleet_resources r USING (provider, external_id)`,
    [column(r => r.provider), column(r => r.id)],
  );
  return new Map(rows.map(row => [resourceKey(row), row.resource_id]));
}

/** Only links to web pages may be shown. */
function httpUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

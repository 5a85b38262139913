import { arrayBinding } from '../../database/arrayBinding';
import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Key of a resource in the result of {@link ensureResources}. */
export function resourceKey(resource: { provider: string; id: string }) {
  return `${resource.provider}\n${resource.id}`;
}

interface StoredResource {
  resource_id: number;
  provider: string;
  id: string;
  type: string;
  name: string;
  account: string | null;
  region: string | null;
  console_url: string | null;
}

/** Stores the names of resources. Resolves to their ids by {@link resourceKey}. */
export async function ensureResources(
  knex: Knex,
  resources: readonly FleetResource[],
): Promise<Map<string, number>> {
  const unique = new Map(resources.map(r => [resourceKey(r), r]));
  if (unique.size === 0) return new Map();
  const stored = await readStored(knex, [...unique.values()]);
  const byKey = new Map(stored.map(row => [resourceKey(row), row]));
  // Sorted, so that two replicas lock the rows in the same order. An upsert
  // would lock also those that stay as they are.
  const changed = [...unique.keys()]
    .sort()
    .map(key => unique.get(key)!)
    .filter(resource => !isSame(byKey.get(resourceKey(resource)), resource));
  const rows =
    changed.length > 0 ? [...stored, ...(await upsert(knex, changed))] : stored;
  return new Map(rows.map(row => [resourceKey(row), row.resource_id]));
}

async function readStored(
  knex: Knex,
  resources: readonly FleetResource[],
): Promise<StoredResource[]> {
  const rows = await queryRows<StoredResource>(
    knex,
    `SELECT r.resource_id, r.provider, r.external_id AS id, r.type, r.name,
            r.account, r.region, r.console_url
       FROM unnest(?::text[], ?::text[]) AS wanted (provider, external_id)
       JOIN fleet_resources r USING (provider, external_id)`,
    [
      arrayBinding(resources.map(r => r.provider)),
      arrayBinding(resources.map(r => r.id)),
    ],
  );
  return rows;
}

function isSame(
  stored: StoredResource | undefined,
  resource: FleetResource,
): boolean {
  return (
    stored !== undefined &&
    stored.type === resource.type &&
    stored.name === resource.name &&
    stored.account === (resource.account ?? null) &&
    stored.region === (resource.region ?? null) &&
    stored.console_url === (httpUrl(resource.consoleUrl) ?? null)
  );
}

async function upsert(
  knex: Knex,
  resources: readonly FleetResource[],
): Promise<StoredResource[]> {
  const column = (pick: (resource: FleetResource) => string | undefined) =>
    arrayBinding(resources.map(resource => pick(resource) ?? null));
  await knex.raw(
    `INSERT INTO fleet_resources (provider, external_id, type, name, account, region, console_url)
     SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
     ON CONFLICT (provider, external_id) DO UPDATE SET
       type = excluded.type, name = excluded.name, account = excluded.account,
       region = excluded.region, console_url = excluded.console_url`,
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
  return readStored(knex, resources);
}

/** Only links to web pages may be shown. */
function httpUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

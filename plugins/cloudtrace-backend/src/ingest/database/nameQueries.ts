import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import {
  nameKey,
  type Name,
  type NameTable,
  type ScopedNames,
} from './nameTables';

/** A row to add to a table of names. */
export interface NewName extends Omit<ScopedNames, 'names'> {
  id: number;
  name: Name;
  /** When it was first seen, if it already has another row. */
  seenAt: string | undefined;
}

interface NameRow {
  entityId: number;
  environment: string;
  name: string[];
}

/** Finds the ids of names of several entities, by {@link nameKey}. */
export async function findNames(
  knex: Knex,
  { table, id, columns }: NameTable,
  scopes: readonly ScopedNames[],
): Promise<Map<string, number>> {
  const rows = await queryRows<NameRow & { id: number }>(
    knex,
    `SELECT d.entity_id AS "entityId", d.environment, d.${id} AS id,
            ${arrayOf(columns)} AS name
       ${fromWanted(table, columns)}`,
    wantedBindings(scopes, columns),
  );
  return new Map(rows.map(row => [nameKey(row, row.name), row.id]));
}

/**
 * Reads when names were first seen that already have a row, whatever its other
 * columns are: as text, which keeps microseconds. By {@link nameKey} of the
 * counted columns.
 */
export async function readFirstSeen(
  knex: Knex,
  { table, columns, counted }: NameTable,
  scopes: readonly ScopedNames[],
): Promise<Map<string, string>> {
  // Without other columns, a missing name has no other row.
  if (counted.length === columns.length) return new Map();
  const rows = await queryRows<NameRow & { seenAt: string }>(
    knex,
    `SELECT d.entity_id AS "entityId", d.environment,
            ${arrayOf(counted)} AS name, min(d.first_seen_at)::text AS "seenAt"
       ${fromWanted(table, counted)} GROUP BY 1, 2, 3`,
    wantedBindings(scopes, counted),
  );
  return new Map(rows.map(row => [nameKey(row, row.name), row.seenAt]));
}

/** Reads the last id of entities, and how many names each added today (UTC). */
export async function readNameCounts(
  knex: Knex,
  { table, id, counted }: NameTable,
  entityIds: readonly number[],
): Promise<Map<number, { lastId: number; addedToday: number }>> {
  const rows = await queryRows<{
    entityId: number;
    lastId: number;
    addedToday: number;
  }>(
    knex,
    `SELECT entity_id AS "entityId", max(${id}) AS "lastId",
            count(DISTINCT (environment, ${counted})) FILTER (
              WHERE first_seen_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            )::int AS "addedToday"
       FROM ${table} WHERE entity_id = ANY(?::int4[]) GROUP BY 1`,
    [[...entityIds]],
  );
  return new Map(rows.map(({ entityId, ...counts }) => [entityId, counts]));
}

/** Takes the locks of entities that nobody else holds; until the end of the transaction. */
export async function tryToLock(
  tx: Knex,
  { table }: NameTable,
  entityIds: readonly number[],
): Promise<Set<number>> {
  const rows = await queryRows<{ entityId: number; taken: boolean }>(
    tx,
    `SELECT entity_id AS "entityId",
            pg_try_advisory_xact_lock(hashtext(?), entity_id) AS taken
       FROM unnest(?::int4[]) AS wanted (entity_id)`,
    [`cloudtrace ${table}`, [...entityIds]],
  );
  return new Set(rows.filter(row => row.taken).map(row => row.entityId));
}

/** Adds names, but none whose name or id exists already. */
export async function addNames(
  knex: Knex,
  { table, id, columns }: NameTable,
  names: readonly NewName[],
): Promise<void> {
  const texts = [...columns, 'seen_at'];
  await knex.raw(
    `INSERT INTO ${table} (entity_id, ${id}, environment, ${columns}, first_seen_at)
     OVERRIDING SYSTEM VALUE
     SELECT entity_id, id, environment, ${columns},
            COALESCE(NULLIF(seen_at, '')::timestamptz, now())
       FROM unnest(?::int4[], ?::int4[], ?::text[], ${texts.map(
         () => '?::text[]',
       )}) AS name (entity_id, id, environment, ${texts})
     ON CONFLICT DO NOTHING`,
    [
      names.map(({ entityId }) => entityId),
      names.map(name => name.id),
      names.map(({ environment }) => environment),
      ...columns.map((_, i) => names.map(({ name }) => name[i])),
      names.map(({ seenAt }) => seenAt ?? ''),
    ],
  );
}

function arrayOf(columns: readonly string[]): string {
  return `ARRAY[${columns.map(column => `d.${column}`)}]`;
}

/** The rows of wanted names; bind {@link wantedBindings}. */
function fromWanted(table: string, columns: readonly string[]): string {
  const keys = ['entity_id', 'environment', ...columns];
  // The condition is redundant, but tells a coordinator which shards to ask.
  return `
       FROM unnest(?::int4[], ?::text[], ${columns.map(() => '?::text[]')})
            AS wanted (${keys})
       JOIN ${table} d ON ${keys.map(k => `d.${k} = wanted.${k}`).join(' AND ')}
      WHERE d.entity_id = ANY(?::int4[])`;
}

/** Names are shortened to the given columns, the first ones of their table. */
function wantedBindings(
  scopes: readonly ScopedNames[],
  columns: readonly string[],
) {
  const rows = scopes.flatMap(({ entityId, environment, names }) =>
    names.map(name => ({ entityId, environment, name })),
  );
  return [
    rows.map(({ entityId }) => entityId),
    rows.map(({ environment }) => environment),
    ...columns.map((_, i) => rows.map(({ name }) => name[i])),
    [...new Set(rows.map(({ entityId }) => entityId))],
  ];
}

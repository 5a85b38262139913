import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import {
  nameKey,
  type Name,
  type NameTable,
  type ScopedNames,
} from './nameTables';

/** A statement has at most 65,535 parameters. */
const ROWS_PER_INSERT = 1000;

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

/** What is stored of wanted names. */
export interface FoundNames {
  /** Ids, by {@link nameKey}. */
  ids: Map<string, number>;
  /**
   * When names were first seen that have a row, whatever its other columns are:
   * as text, which keeps microseconds. By {@link nameKey} of the counted
   * columns; empty for a table without other columns.
   */
  firstSeen: Map<string, string>;
}

/** Finds names of several entities. */
export async function findNames(
  knex: Knex,
  { table, id, columns, counted }: NameTable,
  scopes: readonly ScopedNames[],
): Promise<FoundNames> {
  const keys = ['entity_id', 'environment', ...counted];
  const key = keys.map(column => `d.${column}`);
  const hasOthers = counted.length < columns.length;
  const rows = await queryRows<NameRow & { id: number; seenAt?: string }>(
    knex,
    // The condition is redundant, but tells a coordinator which shards to ask.
    `SELECT d.entity_id AS "entityId", d.environment, d.${id} AS id,
            ARRAY[${columns.map(column => `d.${column}`)}] AS name${
      hasOthers
        ? `, (min(d.first_seen_at) OVER (PARTITION BY ${key}))::text AS "seenAt"`
        : ''
    }
       FROM unnest(?::int4[], ?::text[], ${counted.map(() => '?::text[]')})
            AS wanted (${keys})
       JOIN ${table} d ON ${keys.map(k => `d.${k} = wanted.${k}`).join(' AND ')}
      WHERE d.entity_id = ANY(?::int4[])`,
    wantedBindings(scopes, counted),
  );
  return {
    ids: new Map(rows.map(row => [nameKey(row, row.name), row.id])),
    firstSeen: new Map(
      rows.flatMap(row =>
        row.seenAt === undefined
          ? []
          : [[nameKey(row, row.name.slice(0, counted.length)), row.seenAt]],
      ),
    ),
  };
}

/** Reads the last id of entities, and how many names each added today (UTC). */
export async function readNameCounts(
  knex: Knex,
  { table, id, columns, counted }: NameTable,
  entityIds: readonly number[],
): Promise<Map<number, { lastId: number; addedToday: number }>> {
  // To sort the names takes most of the time, and each row is another name if
  // all columns count.
  const what =
    counted.length < columns.length
      ? `DISTINCT (environment, ${counted})`
      : '*';
  const rows = await queryRows<{
    entityId: number;
    lastId: number;
    addedToday: number;
  }>(
    knex,
    `SELECT entity_id AS "entityId", max(${id}) AS "lastId",
            count(${what}) FILTER (
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

/**
 * Adds names, but none whose name or id exists already. Returns the ids of those
 * that it added, by {@link nameKey}.
 *
 * The rows are listed one by one, because a coordinator sends each to its
 * shard; it would write the rows of a SELECT to files first.
 */
export async function addNames(
  knex: Knex,
  { table, id, columns }: NameTable,
  names: readonly NewName[],
): Promise<Map<string, number>> {
  const added = new Map<string, number>();
  for (let i = 0; i < names.length; i += ROWS_PER_INSERT) {
    const slice = names.slice(i, i + ROWS_PER_INSERT);
    const value = `(?::int4, ?::int4, ?, ${columns.map(
      () => '?',
    )}, COALESCE(?::timestamptz, now()))`;
    const rows = await queryRows<NameRow & { id: number }>(
      knex,
      `INSERT INTO ${table} (entity_id, ${id}, environment, ${columns}, first_seen_at)
       OVERRIDING SYSTEM VALUE
       VALUES ${slice.map(() => value)}
       ON CONFLICT DO NOTHING
       RETURNING entity_id AS "entityId", environment, ${id} AS id, ARRAY[${columns}] AS name`,
      slice.flatMap(({ entityId, id: newId, environment, name, seenAt }) => [
        entityId,
        newId,
        environment,
        ...name,
        seenAt ?? null,
      ]),
    );
    for (const row of rows) added.set(nameKey(row, row.name), row.id);
  }
  return added;
}

/** Notes the environments of new instances, for pages about all entities. */
export async function addEnvironments(
  knex: Knex,
  names: readonly Pick<NewName, 'entityId' | 'environment'>[],
): Promise<void> {
  const keys = new Map(
    names.map(name => [`${name.entityId} ${name.environment}`, name]),
  );
  const rows = [...keys.values()];
  await knex.raw(
    `INSERT INTO request_environments (entity_id, environment, first_seen_at)
     SELECT entity_id, environment, now()
       FROM unnest(?::int4[], ?::text[]) AS name (entity_id, environment)
     ON CONFLICT DO NOTHING`,
    [
      rows.map(({ entityId }) => entityId),
      rows.map(({ environment }) => environment),
    ],
  );
}

/** Names are shortened to the given columns, the first ones of their table; each once. */
function wantedBindings(
  scopes: readonly ScopedNames[],
  columns: readonly string[],
) {
  const rows = new Map(
    scopes.flatMap(({ entityId, environment, names }) =>
      names.map(full => {
        const name = full.slice(0, columns.length);
        const row = { entityId, environment, name };
        return [nameKey(row, name), row];
      }),
    ),
  );
  const wanted = [...rows.values()];
  return [
    wanted.map(({ entityId }) => entityId),
    wanted.map(({ environment }) => environment),
    ...columns.map((_, i) => wanted.map(({ name }) => name[i])),
    [...new Set(wanted.map(({ entityId }) => entityId))],
  ];
}

import { setTimeout } from 'node:timers/promises';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** The id of a name. */
export interface ResolvedName {
  id: number;
  /** Whether the name exceeds the day's quota and is counted as `(other)`. */
  overflow: boolean;
}

/** A name: the values of the columns of its dictionary. */
type Name = readonly string[];

export type RouteName = readonly [method: string, route: string];
export type InstanceName = readonly [
  instanceKey: string,
  zone: string,
  kind: string,
];

/** A dictionary: a table of an entity's names, each with an id. */
interface Dictionary {
  table: 'routes' | 'instances';
  id: 'route_id' | 'instance_id';
  columns: readonly string[];
  /** The first of the columns: names that are equal in them count once against the quota. */
  counted: readonly string[];
}

const ROUTES: Dictionary = {
  table: 'routes',
  id: 'route_id',
  columns: ['method', 'route'],
  counted: ['method', 'route'],
};

/** An instance has one row for each kind of work that it does. */
const INSTANCES: Dictionary = {
  table: 'instances',
  id: 'instance_id',
  columns: ['instance_key', 'zone', 'kind'],
  counted: ['instance_key', 'zone'],
};

/** Whose names a dictionary contains. */
interface Scope {
  entityId: number;
  environment: string;
}

interface ResolveOptions<N extends Name> extends Scope {
  names: readonly N[];
  /** Maximum number of new names per entity and day (UTC). */
  maxNewPerDay: number;
  /** The name under which a name beyond the quota is counted. */
  otherOf: (name: N) => N;
}

/** Returns ids of routes, in the order of their names; adds new names. */
export function resolveRoutes(
  knex: Knex,
  options: ResolveOptions<RouteName>,
): Promise<ResolvedName[]> {
  return resolveNames(knex, ROUTES, options);
}

/** Returns ids of instances, in the order of their names; adds new names. */
export function resolveInstances(
  knex: Knex,
  options: ResolveOptions<InstanceName>,
): Promise<ResolvedName[]> {
  return resolveNames(knex, INSTANCES, options);
}

/**
 * Ids per entity begin after this one. Those up to it come from a sequence that
 * older versions use; such a version may still run. See
 * docs/decisions/ids-per-entity.md.
 */
const LAST_SEQUENCE_ID = 2 ** 30 - 1;

/** How long another replica may hold the lock before the sender must retry. */
const LOCK_PATIENCE_MS = 5_000;
const LOCK_RETRY_MS = 25;

async function resolveNames<N extends Name>(
  knex: Knex,
  dictionary: Dictionary,
  options: ResolveOptions<N>,
): Promise<ResolvedName[]> {
  const patience = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const known = await findNames(knex, dictionary, options, options.names);
    if (options.names.every(name => known.has(nameKey(name)))) {
      return options.names.map(name => ({
        id: known.get(nameKey(name))!,
        overflow: false,
      }));
    }
    const resolved = await tryToAdd(knex, dictionary, options);
    if (resolved) {
      return resolved;
    }
    if (performance.now() > patience) {
      throw new Error(
        `Another replica has been adding ${dictionary.table} of the entity for ${LOCK_PATIENCE_MS} ms`,
      );
    }
    await setTimeout(LOCK_RETRY_MS * (0.5 + Math.random()));
  }
}

/**
 * Adds missing names; returns `undefined` if another replica is adding names.
 *
 * Only one replica at a time adds new names of an entity; otherwise each
 * replica could exceed the quota. Waiting for the lock here would block a
 * connection that others could use.
 */
function tryToAdd<N extends Name>(
  knex: Knex,
  dictionary: Dictionary,
  options: ResolveOptions<N>,
): Promise<ResolvedName[] | undefined> {
  const { names } = options;
  return knex.transaction(async tx => {
    await tx.raw(`SET LOCAL statement_timeout = '5s'`);
    const [lock] = await queryRows<{ taken: boolean }>(
      tx,
      `SELECT pg_try_advisory_xact_lock(hashtext(?), ?) AS taken`,
      [`cloudtrace ${dictionary.table}`, options.entityId],
    );
    if (!lock.taken) {
      return undefined;
    }
    let known = await findNames(tx, dictionary, options, names);
    const missing = names.filter(name => !known.has(nameKey(name)));
    const seen = await readFirstSeen(tx, dictionary, options, missing);
    const { lastId, addedToday } = await readState(tx, dictionary, options);
    const room = Math.max(0, options.maxNewPerDay - addedToday);
    const keyOf = (name: Name) => nameKey(countedPart(dictionary, name));
    const newcomers = new Set(missing.map(keyOf).filter(key => !seen.has(key)));
    const admitted = new Set([
      ...seen.keys(),
      ...[...newcomers].slice(0, room),
    ]);
    const added = missing.filter(name => admitted.has(keyOf(name)));
    const others = missing
      .filter(name => !admitted.has(keyOf(name)))
      .map(options.otherOf);
    const wanted = [...added, ...others].map(name => ({
      name,
      seenAt: seen.get(keyOf(name)),
    }));
    await addNames(tx, dictionary, options, lastId, wanted);
    known = await findNames(tx, dictionary, options, [...names, ...others]);
    // Replicas that are connected to different nodes of a distributed database
    // do not share the lock. If another one took the same ids, try again.
    if (wanted.some(({ name }) => !known.has(nameKey(name)))) {
      return undefined;
    }
    return names.map(name => {
      const id = known.get(nameKey(name));
      return id === undefined
        ? { id: known.get(nameKey(options.otherOf(name)))!, overflow: true }
        : { id, overflow: false };
    });
  });
}

/** Finds the ids of names. */
async function findNames(
  knex: Knex,
  dictionary: Dictionary,
  scope: Scope,
  names: readonly Name[],
): Promise<Map<string, number>> {
  const { columns } = dictionary;
  const rows = await queryRows<{ id: number; name: string[] }>(
    knex,
    `SELECT d.${dictionary.id} AS id, ${arrayOf(columns)} AS name
       ${fromWanted(dictionary, columns)}`,
    wantedBindings(scope, columns, names),
  );
  return new Map(rows.map(({ id, name }) => [nameKey(name), id]));
}

/**
 * Reads when names were first seen that already have a row, whatever its other
 * columns are: as text, which keeps microseconds.
 */
async function readFirstSeen(
  knex: Knex,
  dictionary: Dictionary,
  scope: Scope,
  names: readonly Name[],
): Promise<Map<string, string>> {
  const { columns, counted } = dictionary;
  // Without other columns, a missing name has no other row.
  if (counted.length === columns.length) return new Map();
  const rows = await queryRows<{ name: string[]; seen_at: string }>(
    knex,
    `SELECT ${arrayOf(counted)} AS name, min(d.first_seen_at)::text AS seen_at
       ${fromWanted(dictionary, counted)} GROUP BY 1`,
    wantedBindings(
      scope,
      counted,
      names.map(name => countedPart(dictionary, name)),
    ),
  );
  return new Map(rows.map(row => [nameKey(row.name), row.seen_at]));
}

function arrayOf(columns: readonly string[]): string {
  return `ARRAY[${columns.map(column => `d.${column}`)}]`;
}

function fromWanted({ table }: Dictionary, columns: readonly string[]): string {
  return `
       FROM ${unnest('wanted', columns)}
       JOIN ${table} d ON d.entity_id = ? AND d.environment = ?
        AND ${columns.map(c => `d.${c} = wanted.${c}`).join(' AND ')}`;
}

function wantedBindings(
  { entityId, environment }: Scope,
  columns: readonly string[],
  names: readonly Name[],
) {
  return [...unnestBindings(columns, names), entityId, environment];
}

/** A list of names as a table; bind {@link unnestBindings}. */
function unnest(alias: string, columns: readonly string[]): string {
  const arrays = columns.map(() => '?::text[]');
  return `unnest(${arrays}) AS ${alias} (${columns})`;
}

function unnestBindings(columns: readonly string[], names: readonly Name[]) {
  return columns.map((_, i) => names.map(name => name[i]));
}

/** Reads an entity's last id, and how many names were added today (UTC). */
async function readState(
  knex: Knex,
  { table, id, counted }: Dictionary,
  { entityId }: Scope,
): Promise<{ lastId: number; addedToday: number }> {
  const [state] = await queryRows<{ lastId: number; addedToday: number }>(
    knex,
    `SELECT COALESCE(max(${id}), 0) AS "lastId",
            count(DISTINCT (environment, ${counted})) FILTER (
              WHERE first_seen_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            )::int AS "addedToday"
       FROM ${table} WHERE entity_id = ?`,
    [entityId],
  );
  return { ...state, lastId: Math.max(state.lastId, LAST_SEQUENCE_ID) };
}

/**
 * Adds names with the ids after the last one; one that already has another row
 * was first seen when that was.
 */
async function addNames(
  knex: Knex,
  { table, id, columns }: Dictionary,
  { entityId, environment }: Scope,
  lastId: number,
  names: readonly { name: Name; seenAt?: string }[],
): Promise<void> {
  await knex.raw(
    `INSERT INTO ${table} (entity_id, ${id}, environment, ${columns}, first_seen_at)
     OVERRIDING SYSTEM VALUE
     SELECT ?, ?::int4 + position, ?, ${columns},
            COALESCE(NULLIF(seen_at, '')::timestamptz, now())
       FROM unnest(${[...columns, 'seen_at'].map(() => '?::text[]')})
            WITH ORDINALITY AS name (${columns}, seen_at, position)
     ON CONFLICT DO NOTHING`,
    [
      entityId,
      lastId,
      environment,
      ...unnestBindings(
        columns,
        names.map(({ name }) => name),
      ),
      names.map(({ seenAt }) => seenAt ?? ''),
    ],
  );
}

function countedPart({ counted }: Dictionary, name: Name): Name {
  return name.slice(0, counted.length);
}

function nameKey(name: Name): string {
  return name.join('\0');
}

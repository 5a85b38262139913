import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { setTimeout } from 'node:timers/promises';

/** The id of a name. */
export interface ResolvedName {
  id: number;
  /** Whether the name exceeds the day's quota and is counted as `(other)`. */
  overflow: boolean;
}

/** A dictionary: a table of an entity's names, each with an id. */
interface Dictionary {
  table: 'routes' | 'instances';
  id: 'route_id' | 'instance_id';
  columns: readonly [string, string];
}

const ROUTES: Dictionary = {
  table: 'routes',
  id: 'route_id',
  columns: ['method', 'route'],
};

const INSTANCES: Dictionary = {
  table: 'instances',
  id: 'instance_id',
  columns: ['instance_key', 'zone'],
};

interface ResolveOptions {
  entityId: number;
  environment: string;
  /** Pairs: method and route, or instance and zone. */
  names: readonly (readonly [string, string])[];
  /** Maximum number of new names per entity and day (UTC). */
  maxNewPerDay: number;
  /** The name under which everything beyond the quota is counted. */
  other: readonly [string, string];
}

/** Returns ids of routes, in the order of their names; adds new names. */
export function resolveRoutes(
  knex: Knex,
  options: ResolveOptions,
): Promise<ResolvedName[]> {
  return resolveNames(knex, ROUTES, options);
}

/** Returns ids of instances, in the order of their names; adds new names. */
export function resolveInstances(
  knex: Knex,
  options: ResolveOptions,
): Promise<ResolvedName[]> {
  return resolveNames(knex, INSTANCES, options);
}

/** How long another replica may hold the lock before the sender must retry. */
const LOCK_PATIENCE_MS = 5_000;
const LOCK_RETRY_MS = 25;

async function resolveNames(
  knex: Knex,
  dictionary: Dictionary,
  options: ResolveOptions,
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
 * Only one replica at a time adds new names of an entity; otherwise each
 * replica could exceed the quota. Waiting for the lock here would block a
 * connection that others could use.
 */
function tryToAdd(
  knex: Knex,
  dictionary: Dictionary,
  options: ResolveOptions,
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
    const room = await roomToday(tx, dictionary, options);
    const added = missing.slice(0, room);
    const beyond = missing.length > added.length;
    await addNames(
      tx,
      dictionary,
      options,
      beyond ? [...added, options.other] : added,
    );
    known = await findNames(tx, dictionary, options, [...names, options.other]);
    return names.map(name => {
      const id = known.get(nameKey(name));
      return id === undefined
        ? { id: known.get(nameKey(options.other))!, overflow: true }
        : { id, overflow: false };
    });
  });
}

async function findNames(
  knex: Knex,
  dictionary: Dictionary,
  { entityId, environment }: ResolveOptions,
  names: readonly (readonly [string, string])[],
): Promise<Map<string, number>> {
  const [first, second] = dictionary.columns;
  const rows = await queryRows<{ id: number; first: string; second: string }>(
    knex,
    `SELECT d.${dictionary.id} AS id, d.${first} AS first, d.${second} AS second
       FROM unnest(?::text[], ?::text[]) AS wanted (first, second)
       JOIN ${dictionary.table} d
         ON d.entity_id = ? AND d.environment = ?
        AND d.${first} = wanted.first AND d.${second} = wanted.second`,
    [
      names.map(name => name[0]),
      names.map(name => name[1]),
      entityId,
      environment,
    ],
  );
  return new Map(rows.map(row => [nameKey([row.first, row.second]), row.id]));
}

async function roomToday(
  knex: Knex,
  dictionary: Dictionary,
  { entityId, maxNewPerDay }: ResolveOptions,
): Promise<number> {
  const rows = await queryRows<{ used: number }>(
    knex,
    `SELECT count(*)::int AS used FROM ${dictionary.table}
      WHERE entity_id = ?
        AND first_seen_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`,
    [entityId],
  );
  return Math.max(0, maxNewPerDay - rows[0].used);
}

async function addNames(
  knex: Knex,
  dictionary: Dictionary,
  { entityId, environment }: ResolveOptions,
  names: readonly (readonly [string, string])[],
): Promise<void> {
  const [first, second] = dictionary.columns;
  await knex.raw(
    `INSERT INTO ${dictionary.table} (entity_id, environment, ${first}, ${second})
     SELECT ?, ?, name.first, name.second
       FROM unnest(?::text[], ?::text[]) AS name (first, second)
     ON CONFLICT DO NOTHING`,
    [
      entityId,
      environment,
      names.map(name => name[0]),
      names.map(name => name[1]),
    ],
  );
}

function nameKey(name: readonly [string, string]): string {
  return `${name[0]}\0${name[1]}`;
}

import type { Knex } from 'knex';
import {
  addEnvironments,
  addNames,
  findNames,
  readNameCounts,
  tryToLock,
  type NewName,
} from './nameQueries';
import {
  nameKey,
  type Name,
  type NameTable,
  type ScopedNames,
} from './nameTables';

/** The id of a name. */
export interface ResolvedName {
  id: number;
  /** Whether the name exceeds the day's quota and is counted as `(other)`. */
  overflow: boolean;
}

/**
 * Ids per entity begin after this one. Those up to it come from a sequence that
 * older versions use; such a version may still run. See
 * docs/decisions/ids-per-entity.md.
 */
const LAST_SEQUENCE_ID = 2 ** 30 - 1;

/** What is known after names were looked up or added. */
interface Known {
  /** By {@link nameKey}. */
  ids: Map<string, number>;
  /** See {@link FoundNames}. */
  firstSeen: Map<string, string>;
  /** Keys of names beyond the quota. */
  overflowing: Set<string>;
}

/**
 * Returns the ids of names of several entities, in the order of the names, and
 * adds new names. Returns `undefined` for entities whose names another replica
 * is adding: the caller tries again later, without a connection.
 *
 * Only one replica at a time adds names of an entity; otherwise each could
 * exceed the quota.
 *
 * @param tx - A transaction, at whose end other replicas may add names
 * @param maxNewPerDay - Maximum number of new names per entity and day (UTC)
 */
export async function resolveNames<N extends Name>(
  tx: Knex,
  table: NameTable<N>,
  scopes: readonly ScopedNames<N>[],
  maxNewPerDay: number,
): Promise<(ResolvedName[] | undefined)[]> {
  const known: Known = {
    ids: new Map(),
    firstSeen: new Map(),
    overflowing: new Set(),
  };
  const wanted = scopes.filter(({ names }) => names.length > 0);
  if (wanted.length > 0) {
    // First the lock: what is missing then, no other replica adds meanwhile.
    const locked = await tryToLock(tx, table, entityIdsOf(wanted));
    await look(tx, table, wanted, known);
    const missing = wanted
      .filter(({ entityId }) => locked.has(entityId))
      .map(scope => ({ ...scope, names: missingOf(scope, known) }))
      .filter(({ names }) => names.length > 0);
    if (missing.length > 0) {
      await addMissing(tx, table, missing, maxNewPerDay, known);
    }
  }
  return scopes.map(scope => toResolved(table, scope, known));
}

async function addMissing<N extends Name>(
  tx: Knex,
  table: NameTable<N>,
  scopes: readonly ScopedNames<N>[],
  maxNewPerDay: number,
  known: Known,
): Promise<void> {
  const counts = await readNameCounts(tx, table, entityIdsOf(scopes));
  const rows = scopes.flatMap(scope => {
    const count = counts.get(scope.entityId) ?? { lastId: 0, addedToday: 0 };
    counts.set(scope.entityId, count);
    return chooseRows(table, scope, {
      count,
      seen: known.firstSeen,
      maxNewPerDay,
      overflowing: known.overflowing,
    });
  });
  // Sorted, so that transactions on different nodes never deadlock.
  rows.sort((a, b) => a.entityId - b.entityId);
  const added = await addNames(tx, table, rows);
  added.forEach((id, key) => known.ids.set(key, id));
  if (table.table === 'instances') await addEnvironments(tx, rows);
  // `(other)` may exist already. Replicas that are connected to different nodes
  // of a distributed database do not share the lock: if another one took the
  // same ids, names are still missing, and the caller tries again.
  const others = rows.filter(row => !added.has(nameKey(row, row.name)));
  await look(
    tx,
    table,
    others.map(({ name, ...scope }) => ({ ...scope, names: [name] })),
    known,
  );
}

/** The rows to add for names: within the quota under their own name, then as `(other)`. */
function chooseRows<N extends Name>(
  table: NameTable<N>,
  scope: ScopedNames<N>,
  using: {
    /** Of the entity; changes with each row. */
    count: { lastId: number; addedToday: number };
    seen: ReadonlyMap<string, string>;
    maxNewPerDay: number;
    overflowing: Set<string>;
  },
): NewName[] {
  const { count, seen, maxNewPerDay, overflowing } = using;
  const admitted = new Set<string>();
  const own: { name: N; seenAt?: string }[] = [];
  const others = new Map<string, N>();
  for (const name of scope.names) {
    const key = nameKey(scope, name.slice(0, table.counted.length));
    const seenAt = seen.get(key);
    if (seenAt === undefined && !admitted.has(key)) {
      if (count.addedToday >= maxNewPerDay) {
        const other = table.otherOf(name);
        others.set(nameKey(scope, other), other);
        overflowing.add(nameKey(scope, name));
        continue;
      }
      admitted.add(key);
      count.addedToday++;
    }
    own.push({ name, seenAt });
  }
  const { entityId, environment } = scope;
  return [...own, ...[...others.values()].map(name => ({ name }))].map(
    ({ name, seenAt }: { name: N; seenAt?: string }) => {
      count.lastId = Math.max(count.lastId, LAST_SEQUENCE_ID) + 1;
      return { entityId, environment, id: count.lastId, name, seenAt };
    },
  );
}

async function look(
  knex: Knex,
  table: NameTable,
  scopes: readonly ScopedNames[],
  known: Known,
): Promise<void> {
  if (scopes.some(({ names }) => names.length > 0)) {
    const found = await findNames(knex, table, scopes);
    found.ids.forEach((id, key) => known.ids.set(key, id));
    found.firstSeen.forEach((at, key) => known.firstSeen.set(key, at));
  }
}

function toResolved<N extends Name>(
  table: NameTable<N>,
  scope: ScopedNames<N>,
  { ids, overflowing }: Known,
): ResolvedName[] | undefined {
  const resolved: ResolvedName[] = [];
  for (const name of scope.names) {
    const overflow = overflowing.has(nameKey(scope, name));
    const id = ids.get(nameKey(scope, overflow ? table.otherOf(name) : name));
    if (id === undefined) return undefined;
    resolved.push({ id, overflow });
  }
  return resolved;
}

function missingOf<N extends Name>(scope: ScopedNames<N>, known: Known): N[] {
  return scope.names.filter(name => !known.ids.has(nameKey(scope, name)));
}

function entityIdsOf(scopes: readonly ScopedNames[]): number[] {
  return [...new Set(scopes.map(({ entityId }) => entityId))];
}

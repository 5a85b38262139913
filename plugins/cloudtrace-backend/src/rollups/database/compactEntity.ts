import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';
import {
  MINUTE_MS,
  HOUR_MS,
  DAY_MS,
} from '@cloudtrace/plugin-cloudtrace-common';
import { EnvironmentNotes } from './EnvironmentNotes';
import {
  findEntitiesToCompact,
  type EntityWork,
} from './findEntitiesToCompact';
import {
  addToSums,
  mergeIntoTable,
  ROLLUP_SUM_COLUMNS,
  type DbRollupSumRow,
  type RollupSums,
  type RollupTable,
} from './rollupTables';

/** Approximate number of deltas merged in one transaction; bounds memory. */
const DELTAS_PER_TRANSACTION = 50_000;

/** Result of a compaction. */
export interface CompactionResult {
  /** Deltas merged into minutes. */
  deltas: number;
  /** Hours and days that were closed. */
  hours: number;
  days: number;
}

interface DbDeltaRow extends DbRollupSumRow {
  arrived_at: Date;
}

interface Progress {
  hourUntil: number;
  dayUntil: number;
}

/**
 * Merges the deltas of an entity into its minutes, and closes past hours and
 * days.
 *
 * The entity's row in `rollup_progress` is the lock: if another replica holds
 * it, this one returns without doing anything. Every transaction moves rows
 * from one table to the next, so a reader of all tables at one moment counts
 * every request once.
 *
 * Hours before `hour_until` are built from their minutes once. Data that
 * arrives later for such an hour is added to the minute and to the hour, and to
 * the day if that is also closed.
 *
 * @param known - What there was to do a moment ago; looked up if absent. The
 * next compaction does what was added since
 * @param environments - What earlier compactions noted of environments
 */
export async function compactEntity(
  knex: Knex,
  entityId: number,
  now: Date,
  known?: EntityWork,
  environments: EnvironmentNotes = new EnvironmentNotes(),
): Promise<CompactionResult> {
  const result: CompactionResult = { deltas: 0, hours: 0, days: 0 };
  const work =
    known ?? (await findEntitiesToCompact(knex, now, [entityId])).at(0);
  if (!work) return result;
  const slices = Math.ceil(work.deltas / DELTAS_PER_TRANSACTION);
  for (let slice = 0; slice < slices; slice++) {
    let seen: string[] = [];
    await withProgress(knex, entityId, now, async (tx, progress) => {
      const merged = await mergeDeltas(tx, entityId, progress, {
        slices,
        slice,
      });
      result.deltas += merged.deltas;
      seen = merged.environments;
    });
    await environments.note(knex, entityId, seen);
  }
  // One hour and one day per transaction: each is small, however much was
  // missed.
  while (work.closes && (await closeNext(knex, entityId, now, result))) {
    // The condition covers the rest.
  }
  return result;
}

async function withProgress(
  knex: Knex,
  entityId: number,
  now: Date,
  work: (tx: Knex.Transaction, progress: Progress) => Promise<void>,
): Promise<void> {
  await knex.transaction(async tx => {
    // All but the first compaction of an entity find a row, or that another
    // replica has locked it.
    let row = await lockProgress(tx, entityId);
    if (!row && (await addProgress(tx, entityId, now))) {
      row = await lockProgress(tx, entityId);
    }
    if (row) {
      await work(tx, {
        hourUntil: row.hour_until.getTime(),
        dayUntil: row.day_until.getTime(),
      });
    }
  });
}

async function lockProgress(
  tx: Knex.Transaction,
  entityId: number,
): Promise<{ hour_until: Date; day_until: Date } | undefined> {
  const rows = await queryRows<{ hour_until: Date; day_until: Date }>(
    tx,
    `SELECT hour_until, day_until FROM rollup_progress
      WHERE entity_id = ? FOR UPDATE SKIP LOCKED`,
    [entityId],
  );
  return rows[0];
}

/** Adds the row of an entity; returns whether there was none. */
async function addProgress(
  tx: Knex.Transaction,
  entityId: number,
  now: Date,
): Promise<boolean> {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const day = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const added = await changeRows(
    tx,
    `INSERT INTO rollup_progress (entity_id, hour_until, day_until)
     VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
    [entityId, hour, day],
  );
  return added > 0;
}

async function mergeDeltas(
  tx: Knex.Transaction,
  entityId: number,
  progress: Progress,
  { slices, slice }: { slices: number; slice: number },
): Promise<{ deltas: number; environments: string[] }> {
  const rows = await queryRows<DbDeltaRow>(
    tx,
    `DELETE FROM rollup_deltas r WHERE r.entity_id = ? AND r.key_id % ? = ?
     RETURNING ${ROLLUP_SUM_COLUMNS}, r.arrived_at`,
    [entityId, slices, slice],
  );
  if (rows.length === 0) {
    return { deltas: 0, environments: [] };
  }
  const minutes: RollupSums = new Map();
  const hours: RollupSums = new Map();
  const days: RollupSums = new Map();
  addToSums(minutes, rows, MINUTE_MS);
  addToSums(hours, rows.filter(isBefore(progress.hourUntil)), HOUR_MS);
  addToSums(days, rows.filter(isBefore(progress.dayUntil)), DAY_MS);
  const environments = await noteLastSeen(tx, entityId, rows);
  await mergeIntoTable(tx, 'rollups_minute', entityId, minutes);
  await mergeIntoTable(tx, 'rollups_hour', entityId, hours);
  await mergeIntoTable(tx, 'rollups_day', entityId, days);
  return { deltas: rows.length, environments };
}

function isBefore(timeMs: number) {
  return (row: DbRollupSumRow) => row.bucket.getTime() < timeMs;
}

/** When an instance last sent a request, and when that request arrived. */
interface LastSeen {
  minuteMs: number;
  arrivedAt: Date;
}

/** Returns the environments of the instances. */
async function noteLastSeen(
  tx: Knex.Transaction,
  entityId: number,
  rows: readonly DbDeltaRow[],
): Promise<string[]> {
  const newest = new Map<number, LastSeen>();
  for (const row of rows.filter(({ dimension }) => dimension === 1)) {
    const { key_id: id, arrived_at: arrivedAt } = row;
    const minuteMs = row.bucket.getTime();
    const before = newest.get(id) ?? { minuteMs, arrivedAt };
    newest.set(id, {
      minuteMs: Math.max(before.minuteMs, minuteMs),
      arrivedAt: arrivedAt > before.arrivedAt ? arrivedAt : before.arrivedAt,
    });
  }
  const seen = [...newest.values()];
  const updated = await queryRows<{ environment: string }>(
    tx,
    `UPDATE instances i
        SET last_seen_at = GREATEST(i.last_seen_at, seen.at),
            last_arrived_at = GREATEST(i.last_arrived_at, seen.arrived_at)
       FROM unnest(?::int4[], ?::timestamptz[], ?::timestamptz[])
            AS seen (instance_id, at, arrived_at)
      WHERE i.entity_id = ? AND i.instance_id = seen.instance_id
      RETURNING i.environment`,
    [
      [...newest.keys()],
      seen.map(({ minuteMs }) => new Date(minuteMs)),
      seen.map(({ arrivedAt }) => arrivedAt),
      entityId,
    ],
  );
  return updated.map(({ environment }) => environment);
}

/** Closes the next past hour or day; returns false if there is none. */
async function closeNext(
  knex: Knex,
  entityId: number,
  now: Date,
  result: CompactionResult,
): Promise<boolean> {
  let more = false;
  await withProgress(knex, entityId, now, async (tx, progress) => {
    if (progress.hourUntil + HOUR_MS <= now.getTime()) {
      await close(tx, entityId, {
        source: 'rollups_minute',
        target: 'rollups_hour',
        column: 'hour_until',
        fromMs: progress.hourUntil,
        lengthMs: HOUR_MS,
      });
      result.hours++;
      more = true;
    } else if (progress.dayUntil + DAY_MS <= progress.hourUntil) {
      await close(tx, entityId, {
        source: 'rollups_hour',
        target: 'rollups_day',
        column: 'day_until',
        fromMs: progress.dayUntil,
        lengthMs: DAY_MS,
      });
      result.days++;
      more = true;
    }
  });
  return more;
}

async function close(
  tx: Knex.Transaction,
  entityId: number,
  options: {
    source: RollupTable;
    target: RollupTable;
    column: 'hour_until' | 'day_until';
    fromMs: number;
    lengthMs: number;
  },
): Promise<void> {
  const from = new Date(options.fromMs);
  const to = new Date(options.fromMs + options.lengthMs);
  const rows = await queryRows<DbRollupSumRow>(
    tx,
    `SELECT ${ROLLUP_SUM_COLUMNS} FROM ${options.source} r
      WHERE r.entity_id = ? AND r.dimension IN (1, 2)
        AND r.bucket >= ? AND r.bucket < ?`,
    [entityId, from, to],
  );
  const sums: RollupSums = new Map();
  addToSums(sums, rows, options.lengthMs);
  await mergeIntoTable(tx, options.target, entityId, sums);
  await tx.raw(
    `UPDATE rollup_progress SET ${options.column} = ? WHERE entity_id = ?`,
    [to, entityId],
  );
}

import type { Knex } from 'knex';
import { ensureEntity } from '../../../plugins/cloudtrace-backend/src/database/entities/ensureEntity';
import { withConnection } from '../../../plugins/cloudtrace-backend/src/database/withConnection';
import { RowAggregator } from '../../../plugins/cloudtrace-backend/src/ingest/commit/RowAggregator';
import { MultiCopyQuery } from '../../../plugins/cloudtrace-backend/src/ingest/database/MultiCopyQuery';
import { RowBuffer } from '../../../plugins/cloudtrace-backend/src/requests/row/RowBuffer';
import { compactEntity } from '../../../plugins/cloudtrace-backend/src/rollups/database/compactEntity';
import {
  DELTA_COLUMNS,
  encodeDeltas,
} from '../../../plugins/cloudtrace-backend/src/rollups/deltas/encodeDeltas';
import { emptyTables, startPostgres, type BenchPostgres } from '../postgres';
import { count, type Figure } from '../report';
import { appendRow, random } from '../rows';
import { measureSizes } from './queries/measureSizes';
import { fillDay, makeEntities } from './queries/day';
import type { SuiteOptions } from './types';

const DAY_MS = 86_400_000;
/** How often a backend compacts. */
const STEP_MS = 20_000;
const INSTANCES = 10;
const LIMITS = { acquireTimeoutMs: 5000, useTimeoutMs: 600_000 };
const TABLES = ['rollups_minute', 'rollups_hour', 'rollups_day'] as const;

type Bytes = Record<(typeof TABLES)[number], number>;

/**
 * Disk space of what is kept: a request, an entry of the ledger, and a row of
 * each kind of rollup by the number of requests that it counts. These are the
 * constants of the formula in `docs/scaling.md`.
 */
export async function sizesSuite({
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const { knex } = postgres;
  try {
    const endMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const entities = await makeEntities(knex, 0.2);
    await fillDay(postgres, entities, quick ? 500_000 : 5_000_000, endMs);
    const { own: request } = await measureSizes(knex);
    const ledger = await measureLedger(knex, endMs);
    log(
      `a request ${request.toFixed(
        0,
      )} bytes, an export request in the ledger ${ledger.toFixed(0)} bytes`,
    );

    const rates = quick ? [10, 100] : [1, 10, 100, 1000];
    const measured: Bytes[] = [];
    for (const perMinute of rates) {
      await emptyTables(knex);
      const bytes = await measureRollups(postgres, perMinute, endMs);
      measured.push(bytes);
      log(
        `${count(
          perMinute,
        )} requests a minute, per instance or route: ${TABLES.map(
          table => `${table} ${bytes[table].toFixed(0)} bytes a row`,
        ).join(', ')}`,
      );
    }
    const busiest = measured[measured.length - 1];
    const perMinute = rates[rates.length - 1];
    return [
      {
        what: `a minute of ${count(
          perMinute,
        )} requests in rollups, against its requests`,
        value: (busiest.rollups_minute / (perMinute * request)) * 100,
        unit: '%',
        floor: 5,
        goal: 1,
        higher: false,
        detail: `${busiest.rollups_minute.toFixed(0)} against ${count(
          perMinute * request,
        )} bytes`,
      },
    ];
  } finally {
    await postgres.stop();
  }
}

/** Bytes per entry, with its index. */
async function measureLedger(knex: Knex, endMs: number): Promise<number> {
  const entries = 200_000;
  await knex.raw(
    `INSERT INTO request_ledger (entity_id, fingerprint, started_on)
     SELECT number % 50, gen_random_uuid(), ? FROM generate_series(1, ?) AS number`,
    [new Date(endMs - DAY_MS), entries],
  );
  return (await partitionBytes(knex, 'request_ledger')) / entries;
}

/** Counts a day of one entity, compacted as often as a backend does. */
async function measureRollups(
  { knex }: BenchPostgres,
  perMinute: number,
  endMs: number,
): Promise<Bytes> {
  const entityId = await ensureEntity(knex, 'component:default/sized');
  const rows = new RowBuffer(INSTANCES * perMinute);
  const aggregator = new RowAggregator();
  for (let fromMs = endMs - DAY_MS; fromMs < endMs; fromMs += STEP_MS) {
    rows.length = 0;
    const requests = (INSTANCES * perMinute * STEP_MS) / 60_000;
    // A fraction of a request comes with that probability.
    const whole = Math.floor(requests + random());
    for (let request = 0; request < whole; request++) {
      appendRow(rows, {
        startedMs: fromMs + random() * STEP_MS,
        entityId,
        instanceId: 1 + Math.floor(random() * INSTANCES),
        routeId: 1,
      });
    }
    aggregator.aggregate(rows, [{ start: 0, end: rows.length }]);
    await withConnection(knex, LIMITS, async client => {
      const query = new MultiCopyQuery(
        [
          {
            sql: `BEGIN; COPY rollup_deltas (${DELTA_COLUMNS.join(
              ', ',
            )}) FROM STDIN (FORMAT binary)`,
            chunks: [encodeDeltas(aggregator.groups)],
          },
        ],
        'COMMIT',
      );
      client.query(query);
      await query.done;
    });
    await compactEntity(knex, entityId, new Date(fromMs + STEP_MS));
  }
  await compactEntity(knex, entityId, new Date(endMs + DAY_MS));
  const bytes = {} as Bytes;
  for (const table of TABLES) {
    const { rows: found } = await knex.raw<{
      rows: { rows: number; rowBytes: number }[];
    }>(
      `SELECT count(*)::float8 AS rows, avg(pg_column_size(r))::float8 AS "rowBytes"
         FROM ?? AS r`,
      [table],
    );
    // So few days fit on one page that its size would say nothing.
    bytes[table] =
      table === 'rollups_day'
        ? found[0].rowBytes
        : (await partitionBytes(knex, table)) / found[0].rows;
  }
  return bytes;
}

/** Bytes of all partitions that have rows, with their indexes. */
async function partitionBytes(knex: Knex, table: string): Promise<number> {
  const { rows } = await knex.raw<{ rows: { bytes: number }[] }>(
    `SELECT COALESCE(sum(pg_total_relation_size(inhrelid)), 0)::float8 AS bytes
       FROM pg_inherits
      WHERE inhparent = ?::regclass AND pg_relation_size(inhrelid) > 0`,
    [table],
  );
  return rows[0].bytes;
}

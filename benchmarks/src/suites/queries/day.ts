import type { Knex } from 'knex';
import {
  resolveInstances,
  resolveRoutes,
} from '../../../../plugins/cloudtrace-backend/src/testUtils/resolveNames';
import { ensureEntity } from '../../../../plugins/cloudtrace-backend/src/database/entities/ensureEntity';
import { listPartitions } from '../../../../plugins/cloudtrace-backend/src/rollups/database/listPartitions';
import { partitionedTables } from '../../../../plugins/cloudtrace-backend/src/rollups/database/partitionedTables';
import { summarizeBlockRanges } from '../../../../plugins/cloudtrace-backend/src/rollups/database/summarizeBlockRanges';
import { MultiCopyQuery } from '../../../../plugins/cloudtrace-backend/src/ingest/database/MultiCopyQuery';
import { compactEntity } from '../../../../plugins/cloudtrace-backend/src/rollups/database/compactEntity';
import { withConnection } from '../../../../plugins/cloudtrace-backend/src/database/withConnection';
import { RowAggregator } from '../../../../plugins/cloudtrace-backend/src/ingest/commit/RowAggregator';
import {
  DELTA_COLUMNS,
  encodeDeltas,
} from '../../../../plugins/cloudtrace-backend/src/rollups/deltas/encodeDeltas';
import {
  COPY_HEADER,
  COPY_TRAILER,
} from '../../../../plugins/cloudtrace-backend/src/database/copyFormat';
import { REQUEST_COLUMNS } from '../../../../plugins/cloudtrace-backend/src/requests/row/requestRow';
import { RowBuffer } from '../../../../plugins/cloudtrace-backend/src/requests/row/RowBuffer';
import type { BenchPostgres } from '../../postgres';
import { appendRow, random } from '../../rows';

export const DAY_MS = 86_400_000;
export const ENVIRONMENT = 'production';
const BATCH_SPANS = 20_000;
const INSTANCES = 8;
const ROUTES = 20;

/** A service with stored requests. */
export interface Entity {
  ref: string;
  id: number;
  instances: number[];
  routes: number[];
  /** Its share of all requests. */
  share: number;
}

/** One big entity, one with a thirtieth of its requests, and many others. */
export async function makeEntities(
  knex: Knex,
  bigShare: number,
): Promise<Entity[]> {
  const shares = [bigShare, bigShare / 30];
  const others = 48;
  for (let index = 0; index < others; index++) {
    shares.push((1 - bigShare - bigShare / 30) / others);
  }
  const entities: Entity[] = [];
  for (const [index, share] of shares.entries()) {
    const ref = `component:default/day-${index}`;
    const id = await ensureEntity(knex, ref);
    const base = {
      entityId: id,
      environment: ENVIRONMENT,
      maxNewPerDay: 1000,
    };
    const ids = (found: { id: number }[]) => found.map(entry => entry.id);
    entities.push({
      ref,
      id,
      share,
      instances: ids(
        await resolveInstances(knex, {
          ...base,
          names: Array.from(
            { length: INSTANCES },
            (_, number) => [`i-${number}`, 'zone', 'server'] as const,
          ),
        }),
      ),
      routes: ids(
        await resolveRoutes(knex, {
          ...base,
          names: Array.from(
            { length: ROUTES },
            (_, number) => ['GET', `/r-${number}`] as const,
          ),
        }),
      ),
    });
  }
  return entities;
}

/** Writes a day in time order; sorts each batch by entity, as ingest does. */
export async function fillDay(
  { knex }: Pick<BenchPostgres, 'knex'>,
  entities: Entity[],
  total: number,
  endMs: number,
): Promise<void> {
  const batches = Math.round(total / BATCH_SPANS);
  const widthMs = DAY_MS / batches;
  const rows = new RowBuffer(BATCH_SPANS + entities.length);
  const aggregator = new RowAggregator();
  const limits = { acquireTimeoutMs: 5000, useTimeoutMs: 3_600_000 };
  await withConnection(knex, limits, async client => {
    for (let batch = 0; batch < batches; batch++) {
      rows.length = 0;
      let counted = 0;
      for (const [index, entity] of entities.entries()) {
        const requests = Math.round(BATCH_SPANS * entity.share);
        for (let request = 0; request < requests; request++) {
          appendRow(rows, {
            startedMs: endMs - DAY_MS + widthMs * (batch + random()),
            entityId: entity.id,
            instanceId: pick(entity.instances),
            routeId: pick(entity.routes),
          });
        }
        // The rollups of the two entities that the queries read.
        counted = index < 2 ? rows.length : counted;
      }
      aggregator.aggregate(rows, [{ start: 0, end: counted }]);
      const query = new MultiCopyQuery(
        [
          {
            sql: `BEGIN; COPY rollup_deltas (${DELTA_COLUMNS.join(
              ', ',
            )}) FROM STDIN (FORMAT binary)`,
            chunks: [encodeDeltas(aggregator.groups)],
          },
          {
            sql: `COPY requests (${REQUEST_COLUMNS.join(
              ', ',
            )}) FROM STDIN (FORMAT binary)`,
            chunks: [COPY_HEADER, rows.slice(0, rows.length), COPY_TRAILER],
          },
        ],
        'COMMIT',
      );
      client.query(query);
      await query.done;
    }
  });
  for (const { id } of entities.slice(0, 2)) {
    await compactEntity(knex, id, new Date());
  }
  const partitions = await listPartitions(knex, partitionedTables[0]);
  await summarizeBlockRanges(
    knex,
    partitions.map(({ name }) => name),
  );
  await knex.raw('VACUUM (ANALYZE) requests');
  await knex.raw('VACUUM (ANALYZE) rollups_minute');
  await knex.raw('VACUUM (ANALYZE) rollup_deltas');
}

function pick<T>(values: readonly T[]): T {
  return values[Math.floor(random() * values.length)];
}

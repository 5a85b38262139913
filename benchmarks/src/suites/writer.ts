import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MultiCopyQuery } from '../../../plugins/cloudtrace-backend/src/ingest/database/MultiCopyQuery';
import { withConnection } from '../../../plugins/cloudtrace-backend/src/database/withConnection';
import { Batch } from '../../../plugins/cloudtrace-backend/src/ingest/commit/Batch';
import { DatabaseBatchWriter } from '../../../plugins/cloudtrace-backend/src/ingest/commit/DatabaseBatchWriter';
import {
  COPY_HEADER,
  COPY_TRAILER,
} from '../../../plugins/cloudtrace-backend/src/database/copyFormat';
import { REQUEST_COLUMNS } from '../../../plugins/cloudtrace-backend/src/requests/row/requestRow';
import { emptyTables, startPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import { appendRow, random } from '../rows';
import type { SuiteOptions } from './types';

const BATCH_SPANS = 20_000;
const REQUEST_SPANS = 500;
const ENTITIES = 16;
const COPY = `COPY requests (${REQUEST_COLUMNS.join(', ')}) FROM`;
const LIMITS = { acquireTimeoutMs: 5000, useTimeoutMs: 60_000 };

/** Measures the cost of the database: rows alone, and with ledger and rollups. */
export async function writerSuite({
  reps,
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const { knex } = postgres;
  const batches = Array.from({ length: quick ? 10 : 50 }, makeBatch);
  const rows = batches.length * BATCH_SPANS;
  const file = join(postgres.server.dataFolder, 'rows.bin');
  writeFileSync(
    file,
    Buffer.concat([
      COPY_HEADER,
      ...batches.map(b => b.rows.slice(0, b.spans)),
      COPY_TRAILER,
    ]),
    { mode: 0o644 },
  );
  const writer = new DatabaseBatchWriter(knex, {
    acquireTimeoutMs: 5000,
    statementTimeoutMs: 60_000,
    connections: 1,
  });
  const variants: Record<string, () => Promise<unknown>> = {
    server: () => knex.raw(`${COPY} '${file}' (FORMAT binary)`),
    rows: () =>
      withConnection(knex, LIMITS, async client => {
        for (const batch of batches) {
          const query = new MultiCopyQuery(
            [
              {
                sql: `BEGIN; ${COPY} STDIN (FORMAT binary)`,
                chunks: [
                  COPY_HEADER,
                  batch.rows.slice(0, batch.spans),
                  COPY_TRAILER,
                ],
              },
            ],
            'COMMIT',
          );
          client.query(query);
          await query.done;
        }
      }),
    full: async () => {
      for (const batch of batches) {
        await writer.write(batch, 0);
      }
    },
  };
  const rates: Record<string, number[]> = {};
  const cpu: Record<string, number[]> = {};
  try {
    for (let rep = 0; rep < reps; rep++) {
      for (const [name, run] of Object.entries(variants)) {
        await emptyTables(knex);
        const cpuBefore = postgres.cpuSeconds();
        const began = performance.now();
        await run();
        (rates[name] ??= []).push(rows / ((performance.now() - began) / 1000));
        (cpu[name] ??= []).push(
          ((postgres.cpuSeconds() - cpuBefore) / rows) * 1e6,
        );
      }
    }
  } finally {
    rmSync(file, { force: true });
    await postgres.stop();
  }
  for (const name of Object.keys(variants)) {
    log(
      `${name.padEnd(7)} ${count(median(rates[name])).padStart(
        9,
      )} rows/s, PostgreSQL ${median(cpu[name]).toFixed(2)} µs/row`,
    );
  }
  return [
    {
      what: 'database writer alone, 20k batches, against server-side COPY',
      value: median(rates.rows) / median(rates.server),
      unit: '',
      floor: 0.9,
      goal: 1,
      higher: true,
      detail: `${count(median(rates.rows))} against ${count(
        median(rates.server),
      )} rows/s`,
    },
    {
      what: 'PostgreSQL CPU of ledger + rollup, against COPY alone (20k batches)',
      value: median(cpu.full) / median(cpu.rows),
      unit: '',
      floor: 1.2,
      goal: 1.1,
      higher: false,
      detail: `${median(cpu.full).toFixed(2)} against ${median(
        cpu.rows,
      ).toFixed(2)} µs/row`,
    },
  ];
}

/** 40 export requests of 16 entities with 8 instances and 20 routes each. */
function makeBatch(_: unknown, index: number): Batch {
  const batch = new Batch(BATCH_SPANS);
  const nowMs = Date.now();
  for (let request = 0; request < BATCH_SPANS / REQUEST_SPANS; request++) {
    const start = batch.rows.length;
    const entityId = 1 + (request % ENTITIES);
    const instanceId = entityId * 8 + Math.floor(random() * 8);
    for (let span = 0; span < REQUEST_SPANS; span++) {
      appendRow(batch.rows, {
        startedMs: nowMs - 5000 * random(),
        entityId,
        instanceId,
        routeId: entityId * 20 + Math.floor(random() * 20),
      });
    }
    const number = (index * 1000 + request).toString(16).padStart(32, '0');
    batch.entries.set(`${entityId}/${uuid(number)}`, {
      start,
      end: batch.rows.length,
      entityId,
      entityRef: '',
      fingerprint: uuid(number),
      startedOn: new Date(nowMs - (nowMs % 86_400_000)).toISOString(),
      committed: Promise.resolve('stored'),
      settle: () => undefined,
      fail: () => undefined,
    });
  }
  return batch;
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

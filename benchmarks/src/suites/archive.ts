import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ArchiveExporter } from '../../../plugins/cloudtrace-backend/src/archive/ArchiveExporter';
import { ArchiveReader } from '../../../plugins/cloudtrace-backend/src/archive/ArchiveReader';
import { readArchiveStatus } from '../../../plugins/cloudtrace-backend/src/archive/database/readArchiveStatus';
import { copyRequests } from '../../../plugins/cloudtrace-backend/src/requests/database/copyRequests';
import { countDay } from '../../../plugins/cloudtrace-backend/src/requests/database/countDay';
import { DatabaseRequestStore } from '../../../plugins/cloudtrace-backend/src/requests/DatabaseRequestStore';
import { readTableSizes } from '../../../plugins/cloudtrace-backend/src/rollups/database/readTableSizes';
import { ParquetArchive } from '../../../plugins/cloudtrace-backend-module-archive/src/ParquetArchive';
import { FolderStorage } from '../../../plugins/cloudtrace-backend-module-archive/src/storage/FolderStorage';
import { startPostgres } from '../postgres';
import { count, type Figure } from '../report';
import {
  DAY_MS,
  ENVIRONMENT,
  fillDay,
  makeEntities,
  type Entity,
} from './queries/day';
import { timeIt } from './queries/timing';
import type { SuiteOptions } from './types';

const MIB = 1024 * 1024;
const PAGE = 50;

/** Moves a day of requests to a folder, and searches it there and in the database. */
export async function archiveSuite({
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const wanted = quick ? 1_000_000 : 5_000_000;
  const postgres = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-bench-archive-'));
  const archive = new ParquetArchive(new FolderStorage(folder), {
    cacheBytes: 1024 * MIB,
    memoryBytes: 256 * MIB,
    threads: 1,
    timeoutMs: 10_000,
  });
  const { knex } = postgres;
  try {
    // Yesterday: one partition has all of it.
    const endMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const from = new Date(endMs - DAY_MS);
    const range = { from, to: new Date(endMs) };
    const day = from.toISOString().slice(0, 10);
    const entities = await makeEntities(knex, 0.2);
    await fillDay(postgres, entities, wanted, endMs);
    const total = await countDay(knex, day);
    log(`${count(total)} requests of ${entities.length} services`);

    const store = new DatabaseRequestStore({ knex });
    const filterOf = ({ ref }: Entity) => ({
      entityRef: ref,
      environment: ENVIRONMENT,
      ...range,
    });
    const inDatabase = await timeSearches(quick, entities, entity =>
      store.listRequests(filterOf(entity), undefined, PAGE),
    );
    const [{ bytes: databaseBytes }] = (await readTableSizes(knex)).filter(
      ({ table }) => table === 'requests',
    );
    const copyStart = performance.now();
    await copyRequests(
      knex,
      { entityIds: entities.map(({ id }) => id), ...range },
      async rows => {
        for await (const chunk of rows) void chunk;
      },
    );
    const copyMs = performance.now() - copyStart;

    const exportStart = performance.now();
    await new ArchiveExporter({
      knex,
      archive,
      logger: quietLogger,
      rawRetentionMs: 7 * DAY_MS,
      now: () => new Date(endMs + 7 * DAY_MS + DAY_MS / 2),
    }).run(new AbortController().signal);
    const exportMs = performance.now() - exportStart;
    const status = await readArchiveStatus(knex);
    if (status.error || status.requests !== total) {
      throw new Error(
        `${status.requests} of ${total} requests were archived: ${status.error}`,
      );
    }

    const reader = new ArchiveReader({ knex, archive });
    const firstStart = performance.now();
    await reader.search(day, { ...filterOf(entities[0]), limit: PAGE + 1 });
    const firstMs = performance.now() - firstStart;
    const inArchive = await timeSearches(quick, entities, entity =>
      reader.search(day, { ...filterOf(entity), limit: PAGE + 1 }),
    );
    const perRequest = status.bytes / total;
    const perRow = databaseBytes / total;
    return [
      {
        what: 'Export, verification and drop against reading the rows as CSV',
        value: exportMs / copyMs,
        unit: '×',
        floor: 8,
        goal: 4,
        higher: false,
        detail: `${count(total)} requests in ${(exportMs / 1000).toFixed(
          1,
        )} s, ${count((total / exportMs) * 1000)} a second; CSV ${(
          copyMs / 1000
        ).toFixed(1)} s`,
      },
      {
        what: 'Size of an archived request against the database',
        value: perRequest / perRow,
        unit: '×',
        floor: 0.5,
        goal: 0.4,
        higher: false,
        detail: `${perRequest.toFixed(1)} bytes against ${perRow.toFixed(1)}`,
      },
      {
        what: 'Newest 50 requests of an archived day against the database, p95',
        value: inArchive.p95 / inDatabase.p95,
        unit: '×',
        floor: 25,
        goal: 10,
        higher: false,
        detail: `p95 ${inArchive.p95.toFixed(
          0,
        )} ms, p50 ${inArchive.p50.toFixed(0)} ms, first ${firstMs.toFixed(
          0,
        )} ms; database p95 ${inDatabase.p95.toFixed(1)} ms`,
      },
    ];
  } finally {
    await archive.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Searches one service after the other. */
async function timeSearches(
  quick: boolean,
  entities: readonly Entity[],
  search: (entity: Entity) => Promise<unknown>,
) {
  let next = 0;
  return timeIt(
    quick ? 60 : 200,
    () => search(entities[next++ % entities.length]),
    5,
  );
}

const quietLogger: LoggerService = {
  debug: () => undefined,
  info: () => undefined,
  warn: message => process.stderr.write(`${message}\n`),
  error: message => process.stderr.write(`${message}\n`),
  child: () => quietLogger,
};

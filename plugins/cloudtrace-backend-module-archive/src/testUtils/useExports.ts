import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { RequestArchive } from '@cloudtrace/plugin-cloudtrace-node';
import { ArchiveExporter } from '@cloudtrace/plugin-cloudtrace-backend/src/archive/ArchiveExporter';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils';
import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import { ParquetArchive } from '../ParquetArchive';
import { FolderStorage } from '../storage/FolderStorage';
import { createDay, daysAgo, timeOf } from './startArchiveBackend';

const DAY_MS = 86_400_000;
const services = ['shop', 'cart', 'search'];
const REQUESTS = 40;

/** The day that {@link useExports} seeds. */
export const SEEDED_DAY = daysAgo(20);
/** Its requests, of three services. */
export const SEEDED_REQUESTS = services.length * REQUESTS;

const limits = {
  cacheBytes: 2 ** 26,
  memoryBytes: 2 ** 26,
  threads: 1,
  timeoutMs: 10_000,
};

/** Gives each test of a block its own database with a past day, and an archive in a folder. */
export function useExports() {
  let databases: TestDatabases;
  let database: TestDatabase;
  let folder: string;
  const open: ParquetArchive[] = [];

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'cloudtrace-archive-test-'));
    await createDay(database, SEEDED_DAY);
    for (const name of services) {
      await seedRequests(
        database.knex,
        { entityRef: `component:default/${name}`, environment: 'production' },
        Array.from({ length: REQUESTS }, (_, i) => ({
          startedAt: timeOf(SEEDED_DAY, i * 1_000_000),
          instance: `${name}-${i % 2}`,
        })),
      );
    }
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(archive => archive.close()));
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => databases.stop());

  const openArchive = (retentionMs?: number) => {
    const archive = new ParquetArchive(new FolderStorage(folder), {
      ...limits,
      retentionMs,
    });
    open.push(archive);
    return archive;
  };
  /** Each service has two files, one after the other in time. */
  const run = (
    archive: RequestArchive,
    signal = new AbortController().signal,
  ) =>
    new ArchiveExporter({
      knex: database.knex,
      archive,
      logger: mockServices.logger.mock(),
      rawRetentionMs: 7 * DAY_MS,
      fileRequests: 30,
    }).run(signal);
  const manifest = async () => {
    const { rows } = await database.knex.raw(
      `SELECT state, error, generation FROM request_archive_days`,
    );
    return rows[0];
  };
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.parquet'))
      .sort();
  /** Reads all rows of the archive, by any tool's means. */
  const readAll = async () => {
    const archive = openArchive();
    const { rows } = await database.knex.raw(
      `SELECT path, bytes::int AS bytes, sha256 FROM request_archive_files ORDER BY number`,
    );
    const found: string[] = [];
    for (const name of services) {
      const requests = await archive.search(rows, {
        entityRef: `component:default/${name}`,
        from: timeOf(SEEDED_DAY, 0),
        to: timeOf(SEEDED_DAY, DAY_MS),
        limit: 1000,
      });
      found.push(...requests.map(each => `${name} ${each.spanId}`));
    }
    return found;
  };
  const expectComplete = async () => {
    expect(await manifest()).toEqual(
      expect.objectContaining({ state: 'dropped', error: null }),
    );
    const found = await readAll();
    expect(found).toHaveLength(services.length * REQUESTS);
    expect(new Set(found).size).toBe(found.length);
    const { rows } = await database.knex.raw(
      'SELECT path FROM request_archive_files ORDER BY 1',
    );
    expect(files()).toEqual(rows.map(({ path }: { path: string }) => path));
    const left = await database.knex.raw(
      'SELECT count(*)::int AS n FROM requests',
    );
    expect(left.rows).toEqual([{ n: 0 }]);
  };

  return {
    get database() {
      return database;
    },
    get folder() {
      return folder;
    },
    openArchive,
    run,
    manifest,
    files,
    readAll,
    expectComplete,
  };
}

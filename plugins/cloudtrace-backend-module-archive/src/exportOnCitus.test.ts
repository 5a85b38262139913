import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ArchiveExporter } from '@cloudtrace/plugin-cloudtrace-backend/src/archive/ArchiveExporter';
import { createPartitions } from '@cloudtrace/plugin-cloudtrace-backend/src/rollups/database/createPartitions';
import { partitionedTables } from '@cloudtrace/plugin-cloudtrace-backend/src/rollups/database/partitionedTables';
import {
  LocalCitus,
  localCitusVersion,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/LocalCitus';
import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import { ParquetArchive } from './ParquetArchive';
import { FolderStorage } from './storage/FolderStorage';
import { daysAgo, timeOf } from './testUtils/startArchiveBackend';

const VERSION = localCitusVersion();
const DAY = daysAgo(20);
const DAY_MS = 86_400_000;
const SERVICES = 12;
const REQUESTS = 20;

jest.setTimeout(300_000);

if (!VERSION) {
  process.stderr.write(
    '\nNOT RUN: export of a distributed database. Set CLOUDTRACE_CITUS_PG to the major version of a PostgreSQL with the extension citus.\n',
  );
}

(VERSION ? describe : describe.skip)(
  'an export of a distributed database',
  () => {
    let citus: LocalCitus;
    const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-archive-test-'));
    const archive = new ParquetArchive(new FolderStorage(folder), {
      cacheBytes: 2 ** 26,
      memoryBytes: 2 ** 26,
      threads: 1,
      timeoutMs: 10_000,
    });
    const refs = Array.from(
      { length: SERVICES },
      (_, i) => `component:default/service-${i}`,
    );

    beforeAll(async () => {
      citus = await LocalCitus.start(VERSION!, 8);
      await createPartitions(citus.knex, partitionedTables[0], {
        from: timeOf(DAY, 0),
        to: timeOf(DAY, 1),
      });
      for (const entityRef of refs) {
        await seedRequests(
          citus.knex,
          { entityRef, environment: 'production' },
          Array.from({ length: REQUESTS }, (_, i) => ({
            startedAt: timeOf(DAY, i * 100_000),
            instance: 'i-1',
          })),
        );
      }
    });
    afterAll(async () => {
      await archive.close();
      await citus?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const run = () =>
      new ArchiveExporter({
        knex: citus.knex,
        archive,
        logger: mockServices.logger.mock(),
        rawRetentionMs: 7 * DAY_MS,
        // A service has two files, one after the other in time.
        fileRequests: 15,
      }).run(new AbortController().signal);
    const manifest = async () => {
      const { rows } = await citus.knex.raw(
        'SELECT state, error, requests::int AS requests FROM request_archive_days',
      );
      return rows[0];
    };

    const shardsOfDay = async () => {
      const { rows } = await citus.knex.raw(
        `SELECT count(*)::int AS n FROM citus_shards WHERE table_name::text LIKE ?`,
        [`%requests_${DAY.replaceAll('-', '')}`],
      );
      return rows[0].n;
    };

    it('waits for a worker that is down, and loses nothing', async () => {
      await citus.workers[0].down('immediate');
      await run();
      expect(await manifest()).toEqual({
        state: 'exporting',
        error: expect.stringContaining('the database failed'),
        requests: 0,
      });
      expect(await shardsOfDay()).toBeGreaterThan(0);
      await citus.workers[0].up();
    });

    it('has every request once, and drops the partition on all workers', async () => {
      await run();
      expect(await manifest()).toEqual({
        state: 'dropped',
        error: null,
        requests: SERVICES * REQUESTS,
      });
      const { rows: files } = await citus.knex.raw(
        `SELECT path, bytes::int AS bytes, sha256 FROM request_archive_files ORDER BY number`,
      );
      expect(files).toHaveLength(2 * SERVICES);
      for (const entityRef of refs) {
        const found = await archive.search(files, {
          entityRef,
          from: timeOf(DAY, 0),
          to: timeOf(DAY, DAY_MS),
          limit: 1000,
        });
        expect(new Set(found.map(({ spanId }) => spanId)).size).toBe(REQUESTS);
        expect(found).toHaveLength(REQUESTS);
      }
      expect(await shardsOfDay()).toBe(0);
    });
  },
);

import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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
import { ParquetArchive } from './ParquetArchive';
import { FolderStorage } from './storage/FolderStorage';
import { aroundCalls } from './testUtils/aroundCalls';
import { createDay, daysAgo, timeOf } from './testUtils/startArchiveBackend';

jest.setTimeout(180_000);

const DAY = daysAgo(20);
const DAY_MS = 86_400_000;
const REQUESTS = 40;
const services = ['shop', 'cart', 'search'];

const limits = {
  cacheBytes: 2 ** 26,
  memoryBytes: 2 ** 26,
  threads: 1,
  timeoutMs: 10_000,
};

const broken = () => Promise.reject(new Error('broken'));

describe('an export that is interrupted', () => {
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
    await createDay(database, DAY);
    for (const name of services) {
      await seedRequests(
        database.knex,
        { entityRef: `component:default/${name}`, environment: 'production' },
        Array.from({ length: REQUESTS }, (_, i) => ({
          startedAt: timeOf(DAY, i * 1_000_000),
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
  /** Three files for the three services, and two for one alone. */
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
        from: timeOf(DAY, 0),
        to: timeOf(DAY, DAY_MS),
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

  it('divides a day into files, and leaves nothing behind', async () => {
    await run(openArchive());
    await expectComplete();
    expect(files()).toHaveLength(6);
  });

  it.each(['write', 'summarize', 'list', 'delete'] as const)(
    'continues after every failure of %s, before and after it took effect',
    async method => {
      for (let turn = 0; turn < 20; turn++) {
        let calls = 0;
        const failing = aroundCalls(openArchive(), async (name, call) => {
          if (name !== method) return call();
          if (turn % 2 === 0) return broken();
          const result = await call();
          return ++calls > Math.floor(turn / 4) ? broken() : result;
        });
        await run(failing);
        if ((await manifest()).state === 'dropped') break;
        expect(await manifest()).toEqual(
          expect.objectContaining({ error: 'broken' }),
        );
        const { rows } = await database.knex.raw(
          'SELECT count(*)::int AS n FROM requests',
        );
        expect(rows).toEqual([{ n: services.length * REQUESTS }]);
      }
      await run(openArchive());
      await expectComplete();
    },
  );

  it('continues after the loss of its connection in any statement', async () => {
    // Each run gets one statement further than the previous one.
    for (let allowed = 1; allowed < 200; allowed++) {
      let seen = 0;
      const cut = jest.fn();
      const ending = new Proxy(database.knex, {
        get(target, name) {
          const value = Reflect.get(target, name);
          if (name !== 'raw' && name !== 'transaction') return value;
          return (...args: unknown[]) => {
            if (++seen > allowed) {
              cut();
              return Promise.reject(new Error('the process ended'));
            }
            return value.apply(target, args);
          };
        },
      });
      await new ArchiveExporter({
        knex: ending,
        archive: openArchive(),
        logger: mockServices.logger.mock(),
        rawRetentionMs: 7 * DAY_MS,
        fileRequests: 30,
      })
        .run(new AbortController().signal)
        .catch(() => undefined);
      if (cut.mock.calls.length === 0) break;
      expect(allowed).toBeLessThan(199);
    }
    await expectComplete();
  });

  it('is complete if two replicas export at the same time', async () => {
    await Promise.all([run(openArchive()), run(openArchive())]);
    await run(openArchive());
    await expectComplete();
  });

  it('begins again if a request arrived after the export began', async () => {
    const late = aroundCalls(openArchive(), async (name, call) => {
      const result = await call();
      if (name === 'list') {
        await seedRequests(
          database.knex,
          { entityRef: 'component:default/shop', environment: 'production' },
          [
            {
              startedAt: timeOf(DAY, 77),
              instance: 'shop-0',
              spanId: '00000000000000ff',
            },
          ],
        );
      }
      return result;
    });
    await run(late);
    expect(await manifest()).toEqual({
      state: 'exporting',
      generation: 2,
      error: expect.stringContaining('changed during the export'),
    });
    await run(openArchive());
    expect(await readAll()).toHaveLength(services.length * REQUESTS + 1);
    expect(await manifest()).toEqual(
      expect.objectContaining({ state: 'dropped', generation: 2 }),
    );
    expect(files().every(name => name.includes('requests-2-'))).toBe(true);
  });

  it.each([
    ['is cut off', (file: string) => truncateSync(file, 1000)],
    ['is gone', (file: string) => rmSync(file)],
    [
      'was replaced by another one',
      (file: string) => {
        const other = files().find(name => !file.endsWith(name))!;
        cpSync(join(folder, other), file);
      },
    ],
  ])('does not drop a day of which a stored file %s', async (_, damage) => {
    const damaging = aroundCalls(openArchive(), async (name, call, args) => {
      if (name === 'summarize') damage(join(folder, args[0].path));
      return call();
    });
    await run(damaging);
    expect(await manifest()).toEqual(
      expect.objectContaining({
        state: 'exported',
        error: expect.stringContaining('requests-1-'),
      }),
    );
    const { rows } = await database.knex.raw(
      'SELECT count(*)::int AS n FROM requests',
    );
    expect(rows).toEqual([{ n: services.length * REQUESTS }]);
  });

  it('does not drop a day whose file has other values than the database', async () => {
    await run(
      aroundCalls(openArchive(), async (name, call) => {
        const result = await call();
        return name === 'summarize' ? { ...result, checksum: '1' } : result;
      }),
    );
    expect(await manifest()).toEqual(
      expect.objectContaining({ state: 'exporting', generation: 2 }),
    );
    await run(openArchive());
    await expectComplete();
  });

  it('records that a day could not be planned, and goes on later', async () => {
    const failing = new Proxy(database.knex, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name !== 'raw') return value;
        return (sql: string, ...more: unknown[]) =>
          sql.includes('GROUP BY 1 ORDER BY 1')
            ? Promise.reject(
                Object.assign(new Error('SELECT …'), { severity: 'ERROR' }),
              )
            : value.call(target, sql, ...more);
      },
    });
    await new ArchiveExporter({
      knex: failing,
      archive: openArchive(),
      logger: mockServices.logger.mock(),
      rawRetentionMs: 7 * DAY_MS,
    }).run(new AbortController().signal);
    expect(await manifest()).toEqual({
      state: 'exporting',
      generation: 0,
      error: 'the database failed; the log of the portal says why',
    });
    await run(openArchive());
    await expectComplete();
  });

  it('keeps the day while somebody reads it, and goes on later', async () => {
    const reader = await database.knex.transaction();
    await reader.raw(
      `SELECT count(*) FROM requests WHERE started_at < now() - interval '10 days'`,
    );
    await run(openArchive());
    expect(await manifest()).toEqual(
      expect.objectContaining({ state: 'verified', error: null }),
    );
    await reader.rollback();
    await run(openArchive());
    await expectComplete();
  });

  it('does nothing while the folder is not mounted', async () => {
    const moved = `${folder}-moved`;
    cpSync(folder, moved, { recursive: true });
    rmSync(folder, { recursive: true });
    await run(openArchive());
    expect(await manifest()).toEqual({
      state: 'exporting',
      generation: 1,
      error: expect.stringMatching(/^Could not store .* in .*: ENOENT$/),
    });
    cpSync(moved, folder, { recursive: true });
    rmSync(moved, { recursive: true });
    await run(openArchive());
    await expectComplete();
  });

  it('reports an export that lost its partition', async () => {
    await run(
      aroundCalls(openArchive(), (name, call) =>
        name === 'write' ? broken() : call(),
      ),
    );
    await database.knex.raw('DROP TABLE ??', [
      `requests_${DAY.replaceAll('-', '')}`,
    ]);
    await run(openArchive());
    expect(await manifest()).toEqual({
      state: 'exporting',
      generation: 1,
      error: 'its partition was dropped before all of it was archived',
    });
  });

  it('deletes days past the retention of the archive, also after an interruption', async () => {
    await run(openArchive());
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    const failing = aroundCalls(openArchive(10 * DAY_MS), (name, call) =>
      name === 'delete' ? broken() : call(),
    );
    await run(failing);
    expect(await manifest()).toEqual(
      expect.objectContaining({ state: 'deleting', error: 'broken' }),
    );
    await run(openArchive(10 * DAY_MS));
    expect(await manifest()).toBeUndefined();
    expect(files()).toEqual([]);
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('not ours');
  });

  it('keeps days within the retention of the archive', async () => {
    await run(openArchive(30 * DAY_MS));
    await run(openArchive(30 * DAY_MS));
    await expectComplete();
  });
});

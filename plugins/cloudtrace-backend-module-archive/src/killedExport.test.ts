import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils';
import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import { ParquetArchive } from './ParquetArchive';
import { FolderStorage } from './storage/FolderStorage';
import { createDay, daysAgo, timeOf } from './testUtils/startArchiveBackend';

jest.setTimeout(180_000);

const DAY = daysAgo(20);
const DAY_MS = 86_400_000;
const REQUESTS = 12;
/** Plan, write, read back, list, delete leftovers and drop, each with a moment before and after. */
const STEPS = Array.from({ length: 12 }, (_, i) => i + 1);

describe('an export whose process is killed', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let folder: string;
  let workingDirectory: string;

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'cloudtrace-archive-test-'));
    workingDirectory = mkdtempSync(join(tmpdir(), 'cloudtrace-archive-work-'));
    await createDay(database, DAY);
    await seedRequests(
      database.knex,
      { entityRef: 'component:default/shop', environment: 'production' },
      Array.from({ length: REQUESTS }, (_, i) => ({
        startedAt: timeOf(DAY, i * 1000),
        instance: 'shop-1',
      })),
    );
  });
  afterAll(() => databases.stop());
  afterEach(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
    rmSync(workingDirectory, { recursive: true, force: true });
  });

  /** Exports in another process, which kills itself at a step. Resolves to how it ended. */
  const exportUntil = (step: number) =>
    new Promise<string>((resolve, reject) => {
      const child = fork(
        require.resolve('./testUtils/exportInChild'),
        [database.connectionString, folder, workingDirectory, String(step)],
        {
          execArgv: [
            '--require',
            require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          ],
          stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
          env: { ...process.env, NODE_OPTIONS: '' },
        },
      );
      let errors = '';
      child.stderr!.on('data', chunk => {
        errors += chunk;
      });
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve(signal ?? `${code} ${errors}`.trim()),
      );
    });

  it.each(STEPS)(
    'is complete, with every request once, after a kill at step %i',
    async step => {
      expect(await exportUntil(step)).toBe('SIGKILL');
      expect(await exportUntil(Infinity)).toBe('0');
      await expectComplete();
    },
  );

  it('has no further steps', async () => {
    expect(await exportUntil(STEPS.length + 1)).toBe('0');
    await expectComplete();
  });

  async function expectComplete() {
    const { rows } = await database.knex.raw(
      `SELECT d.state, d.generation, f.path, f.bytes::int AS bytes, f.sha256
         FROM request_archive_days d JOIN request_archive_files f USING (day)`,
    );
    expect(rows).toEqual([
      expect.objectContaining({ state: 'dropped', generation: 1 }),
    ]);
    const archive = new ParquetArchive(new FolderStorage(folder), {
      workingDirectory,
      cacheBytes: 2 ** 26,
      memoryBytes: 2 ** 26,
      threads: 1,
      timeoutMs: 10_000,
    });
    const found = await archive.search(rows, {
      entityRef: 'component:default/shop',
      from: timeOf(DAY, 0),
      to: timeOf(DAY, DAY_MS),
      limit: 1000,
    });
    expect(new Set(found.map(({ spanId }) => spanId)).size).toBe(REQUESTS);
    expect(found).toHaveLength(REQUESTS);
    expect(readdirSync(join(folder, `day=${DAY}`))).toEqual([
      'requests-1-0001.parquet',
    ]);
    await archive.close();
    expect(readdirSync(workingDirectory)).toEqual([]);
  }
});

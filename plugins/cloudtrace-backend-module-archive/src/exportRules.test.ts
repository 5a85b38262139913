import {
  cpSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ArchiveExporter } from '@cloudtrace/plugin-cloudtrace-backend/src/archive/ArchiveExporter';
import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import { aroundCalls } from './testUtils/aroundCalls';
import { createDay, timeOf } from './testUtils/startArchiveBackend';
import {
  SEEDED_DAY,
  SEEDED_REQUESTS,
  useExports,
} from './testUtils/useExports';

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
const broken = () => Promise.reject(new Error('broken'));

describe('an export of a day', () => {
  const exporting = useExports();

  it('begins again if a request arrived after the export began', async () => {
    const late = aroundCalls(exporting.openArchive(), async (name, call) => {
      const result = await call();
      if (name === 'list') {
        await seedRequests(
          exporting.database.knex,
          { entityRef: 'component:default/shop', environment: 'production' },
          [
            {
              startedAt: timeOf(SEEDED_DAY, 77),
              instance: 'shop-0',
              spanId: '00000000000000ff',
            },
          ],
        );
      }
      return result;
    });
    await exporting.run(late);
    expect(await exporting.manifest()).toEqual({
      state: 'exporting',
      generation: 2,
      error: expect.stringContaining('changed during the export'),
    });
    await exporting.run(exporting.openArchive());
    expect(await exporting.readAll()).toHaveLength(SEEDED_REQUESTS + 1);
    expect(await exporting.manifest()).toEqual(
      expect.objectContaining({ state: 'dropped', generation: 2 }),
    );
    expect(exporting.files().every(name => name.includes('requests-2-'))).toBe(
      true,
    );
  });

  it.each([
    ['is cut off', (file: string) => truncateSync(file, 1000)],
    ['is gone', (file: string) => rmSync(file)],
    [
      'was replaced by another one',
      (file: string) => {
        const other = exporting.files().find(name => !file.endsWith(name))!;
        cpSync(join(exporting.folder, other), file);
      },
    ],
  ])('does not drop a day of which a stored file %s', async (_, damage) => {
    const damaging = aroundCalls(
      exporting.openArchive(),
      async (name, call, args) => {
        if (name === 'summarize') damage(join(exporting.folder, args[0].path));
        return call();
      },
    );
    await exporting.run(damaging);
    expect(await exporting.manifest()).toEqual(
      expect.objectContaining({
        state: 'exported',
        error: expect.stringContaining('requests-1-'),
      }),
    );
    const { rows } = await exporting.database.knex.raw(
      'SELECT count(*)::int AS n FROM requests',
    );
    expect(rows).toEqual([{ n: SEEDED_REQUESTS }]);
  });

  it('does not drop a day whose file has other values than the database', async () => {
    await exporting.run(
      aroundCalls(exporting.openArchive(), async (name, call) => {
        const result = await call();
        return name === 'summarize' ? { ...result, checksum: '1' } : result;
      }),
    );
    expect(await exporting.manifest()).toEqual(
      expect.objectContaining({ state: 'exporting', generation: 2 }),
    );
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
  });

  it('records that a day could not be planned, and goes on later', async () => {
    const failing = new Proxy(exporting.database.knex, {
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
      archive: exporting.openArchive(),
      logger: mockServices.logger.mock(),
      rawRetentionMs: 7 * DAY_MS,
    }).run(new AbortController().signal);
    expect(await exporting.manifest()).toEqual({
      state: 'exporting',
      generation: 0,
      error: 'the database failed; the log of the portal says why',
    });
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
  });

  it('drops the partition of an archived day that was made again, unless it has requests', async () => {
    await exporting.run(exporting.openArchive());
    await createDay(exporting.database, SEEDED_DAY);
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
    const partition = `requests_${SEEDED_DAY.replaceAll('-', '')}`;
    const exists = async () => {
      const { rows } = await exporting.database.knex.raw(
        'SELECT to_regclass(?) IS NOT NULL AS found',
        [partition],
      );
      return rows[0].found;
    };
    expect(await exists()).toBe(false);

    await createDay(exporting.database, SEEDED_DAY);
    await seedRequests(
      exporting.database.knex,
      { entityRef: 'component:default/shop', environment: 'production' },
      [{ startedAt: timeOf(SEEDED_DAY, 5), instance: 'shop-0' }],
    );
    await exporting.run(exporting.openArchive());
    expect(await exists()).toBe(true);
    expect(await exporting.manifest()).toEqual({
      state: 'dropped',
      generation: 1,
      error: expect.stringContaining('more requests of it in the database'),
    });

    await exporting.database.knex.raw('DROP TABLE ??', [partition]);
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
  });

  it('keeps the day while somebody reads it, and goes on later', async () => {
    const reader = await exporting.database.knex.transaction();
    await reader.raw(
      `SELECT count(*) FROM requests WHERE started_at < now() - interval '10 days'`,
    );
    await exporting.run(exporting.openArchive());
    expect(await exporting.manifest()).toEqual(
      expect.objectContaining({ state: 'verified', error: null }),
    );
    await reader.rollback();
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
  });

  it('does nothing while the exporting.folder is not mounted', async () => {
    const moved = `${exporting.folder}-moved`;
    cpSync(exporting.folder, moved, { recursive: true });
    rmSync(exporting.folder, { recursive: true });
    await exporting.run(exporting.openArchive());
    expect(await exporting.manifest()).toEqual({
      state: 'exporting',
      generation: 1,
      error: expect.stringMatching(/^Could not store .* in .*: ENOENT$/),
    });
    cpSync(moved, exporting.folder, { recursive: true });
    rmSync(moved, { recursive: true });
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
  });

  it('reports an export that lost its partition', async () => {
    await exporting.run(
      aroundCalls(exporting.openArchive(), (name, call) =>
        name === 'write' ? broken() : call(),
      ),
    );
    await exporting.database.knex.raw('DROP TABLE ??', [
      `requests_${SEEDED_DAY.replaceAll('-', '')}`,
    ]);
    await exporting.run(exporting.openArchive());
    expect(await exporting.manifest()).toEqual({
      state: 'exporting',
      generation: 1,
      error: 'its partition was dropped before all of it was archived',
    });
  });

  it('deletes days past the retention of the archive, also after an interruption', async () => {
    await exporting.run(exporting.openArchive());
    writeFileSync(join(exporting.folder, 'notes.txt'), 'not ours');
    const failing = aroundCalls(
      exporting.openArchive(10 * DAY_MS),
      (name, call) => (name === 'delete' ? broken() : call()),
    );
    await exporting.run(failing);
    expect(await exporting.manifest()).toEqual(
      expect.objectContaining({ state: 'deleting', error: 'broken' }),
    );
    await exporting.run(exporting.openArchive(10 * DAY_MS));
    expect(await exporting.manifest()).toBeUndefined();
    expect(exporting.files()).toEqual([]);
    expect(readFileSync(join(exporting.folder, 'notes.txt'), 'utf8')).toBe(
      'not ours',
    );
  });

  it('keeps days within the retention of the archive', async () => {
    await exporting.run(exporting.openArchive(30 * DAY_MS));
    await exporting.run(exporting.openArchive(30 * DAY_MS));
    await exporting.expectComplete();
    expect(exporting.files()).toHaveLength(6);
  });
});

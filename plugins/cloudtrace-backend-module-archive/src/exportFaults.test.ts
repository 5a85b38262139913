import { mockServices } from '@backstage/backend-test-utils';
import { ArchiveExporter } from '@cloudtrace/plugin-cloudtrace-backend/src/archive/ArchiveExporter';
import { aroundCalls } from './testUtils/aroundCalls';
import { SEEDED_REQUESTS, useExports } from './testUtils/useExports';

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
const broken = () => Promise.reject(new Error('broken'));

describe('an export that is interrupted', () => {
  const exporting = useExports();

  it('divides a day into files, and leaves nothing behind', async () => {
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
    expect(exporting.files()).toHaveLength(6);
  });

  it.each(['write', 'summarize', 'list', 'delete'] as const)(
    'continues after every failure of %s, before and after it took effect',
    async method => {
      for (let turn = 0; turn < 20; turn++) {
        let calls = 0;
        const failing = aroundCalls(
          exporting.openArchive(),
          async (name, call) => {
            if (name !== method) return call();
            if (turn % 2 === 0) return broken();
            const result = await call();
            return ++calls > Math.floor(turn / 4) ? broken() : result;
          },
        );
        await exporting.run(failing);
        if ((await exporting.manifest()).state === 'dropped') break;
        expect(await exporting.manifest()).toEqual(
          expect.objectContaining({ error: 'broken' }),
        );
        const { rows } = await exporting.database.knex.raw(
          'SELECT count(*)::int AS n FROM requests',
        );
        expect(rows).toEqual([{ n: SEEDED_REQUESTS }]);
      }
      await exporting.run(exporting.openArchive());
      await exporting.expectComplete();
    },
  );

  it('continues after the loss of its connection in any statement', async () => {
    // Each run gets one statement further than the previous one.
    for (let allowed = 1; allowed < 200; allowed++) {
      let seen = 0;
      const cut = jest.fn();
      const ending = new Proxy(exporting.database.knex, {
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
        archive: exporting.openArchive(),
        logger: mockServices.logger.mock(),
        rawRetentionMs: 7 * DAY_MS,
        fileRequests: 30,
      })
        .run(new AbortController().signal)
        .catch(() => undefined);
      if (cut.mock.calls.length === 0) break;
      expect(allowed).toBeLessThan(199);
    }
    await exporting.expectComplete();
  });

  it('is complete if two replicas export at the same time', async () => {
    await Promise.all([
      exporting.run(exporting.openArchive()),
      exporting.run(exporting.openArchive()),
    ]);
    await exporting.run(exporting.openArchive());
    await exporting.expectComplete();
    expect(exporting.files()).toHaveLength(6);
  });
});

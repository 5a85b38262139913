import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { findFailover } from './findFailover';
import { listFailovers } from './listFailovers';
import { replaceFailovers } from './replaceFailovers';
import type { FailureSpan, FoundFailover } from './rows';

jest.setTimeout(60_000);

const scope = {
  entityRef: 'component:default/shop',
  environment: 'production',
};
const noon = Date.parse('2026-03-01T12:00:00Z');
const at = (minutes: number) => new Date(noon + minutes * 60_000);
const iso = (minutes: number) => at(minutes).toISOString();

function failure(target: string, from: number, to?: number): FailureSpan {
  return {
    key: `tg\n${target}`,
    from: iso(from),
    to: to === undefined ? undefined : iso(to),
  };
}

type Subject = FoundFailover['summary']['subject'];

function found(
  kind: Subject['kind'],
  key: string,
  failures: FailureSpan[],
): FoundFailover {
  const ends = failures.map(({ to }) => to);
  const recoveredAt = ends.every(end => end !== undefined)
    ? [...ends].sort().at(-1)
    : undefined;
  const [detectedAt] = failures.map(({ from }) => from).sort();
  return {
    summary: {
      subject: { kind, key, label: key },
      cause: { summary: 'It failed' },
      planned: 'no',
      ongoing: recoveredAt === undefined,
      startedAt: detectedAt,
      detectedAt,
      recoveredAt,
      flaps: 0,
      impact: {},
      missingData: [],
    },
    steps: [],
    failures,
  };
}

describe('replaceFailovers', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  async function withDatabase(
    test: (options: {
      knex: Knex;
      store: (
        ...episodes: FoundFailover[]
      ) => ReturnType<typeof replaceFailovers>;
      list: () => ReturnType<typeof listFailovers>;
      link: (id: string) => Promise<string | undefined>;
    }) => Promise<void>,
  ) {
    const { knex, destroy } = await databases.createTestDatabase();
    try {
      await test({
        knex,
        store: (...episodes) =>
          replaceFailovers(knex, {
            ...scope,
            since: at(-120),
            found: episodes,
          }),
        list: () =>
          listFailovers(knex, { ...scope, from: at(-600), to: at(600) }),
        link: async failoverId =>
          (
            await findFailover(knex, { ...scope, failoverId })
          )?.failover.summary.failoverId,
      });
    } finally {
      await destroy();
    }
  }

  it('keeps the id while an episode begins earlier, becomes a zone, then all targets', () =>
    withDatabase(async ({ knex, store, list, link }) => {
      const { added } = await store(
        found('instance', 'a1', [failure('a1', 10)]),
      );
      expect(added).toHaveLength(1);
      const id = added[0].summary.failoverId;
      const grown = [
        found('instance', 'a1', [failure('a1', 4)]),
        found('zone', 'a', [failure('a1', 4), failure('a2', 11)]),
        found('all-targets', 'tg', [
          failure('a1', 4),
          failure('a2', 11),
          failure('b1', 12),
        ]),
      ];
      for (const episode of grown) {
        const changes = await store(episode);
        expect(changes).toEqual({
          added: [],
          unplanned: [],
          recovered: [],
          changed: true,
        });
        expect((await list()).map(({ summary }) => summary)).toEqual([
          { ...episode.summary, failoverId: id },
        ]);
        expect(await link(id)).toBe(id);
        expect(
          await knex('failovers').select('subject_kind', 'detected_at'),
        ).toEqual([
          {
            subject_kind: episode.summary.subject.kind,
            detected_at: new Date(episode.summary.detectedAt),
          },
        ]);
      }
      expect((await store(grown[2])).changed).toBe(false);
      const over = await store(
        found('all-targets', 'tg', [
          failure('a1', 4, 20),
          failure('a2', 11, 20),
          failure('b1', 12, 20),
        ]),
      );
      expect(over.recovered.map(({ summary }) => summary.failoverId)).toEqual([
        id,
      ]);
    }));

  it('resolves the ids of merged episodes to the resulting episode', () =>
    withDatabase(async ({ store, list, link }) => {
      const { added } = await store(
        found('instance', 'a1', [failure('a1', 10)]),
        found('instance', 'a2', [failure('a2', 11)]),
        found('instance', 'b1', [failure('b1', 90)]),
      );
      const [first, second, other] = added.map(
        ({ summary }) => summary.failoverId,
      );
      const zone = found('zone', 'a', [failure('a1', 10), failure('a2', 11)]);
      const rest = found('instance', 'b1', [failure('b1', 90)]);
      expect((await store(zone, rest)).added).toEqual([]);
      expect(
        (await list()).map(({ summary }) => [
          summary.failoverId,
          summary.previousIds,
        ]),
      ).toEqual([
        [other, undefined],
        [first, [second]],
      ]);
      expect(await link(second)).toBe(first);
      expect((await store(zone, rest)).changed).toBe(false);
      // The merged ids are kept when it merges again.
      await store(
        found('all-targets', 'tg', [
          failure('a1', 10),
          failure('a2', 11),
          failure('b1', 90),
        ]),
      );
      expect(await Promise.all([first, second, other].map(link))).toEqual([
        first,
        first,
        first,
      ]);
      expect(await link('0'.repeat(32))).toBeUndefined();
    }));

  it('reports another failure as new, even of the same instance', () =>
    withDatabase(async ({ store, list, link }) => {
      const early = found('instance', 'a1', [failure('a1', 0, 5)]);
      const [{ summary }] = (await store(early)).added;
      const late = found('instance', 'a1', [failure('a1', 40, 45)]);
      expect((await store(early, late)).added).toHaveLength(1);
      expect(await list()).toHaveLength(2);
      // A failover that is no longer found is removed.
      await store(late);
      expect(await link(summary.failoverId)).toBeUndefined();
    }));

  it('gives two parts of a former episode separate ids and reports neither as new', () =>
    withDatabase(async ({ store, list }) => {
      const first = found('instance', 'a1', [failure('a1', 10)]);
      const id = (await store(first)).added[0].summary.failoverId;
      await store(found('zone', 'a', [failure('a1', 10), failure('a2', 9)]));
      const changes = await store(
        found('instance', 'a2', [failure('a2', 9, 12)]),
        found('instance', 'a1', [failure('a1', 10)]),
      );
      expect(changes.added).toEqual([]);
      const ids = (await list()).map(({ summary }) => summary.failoverId);
      expect(new Set(ids).size).toBe(2);
      expect(ids).toContain(id);
    }));

  it('handles failures that began before the detection window', () =>
    withDatabase(async ({ knex, store, list }) => {
      const [{ summary }] = (
        await store(found('instance', 'a1', [failure('a1', -115, -110)]))
      ).added;
      // An earlier failure merges in: the episode now begins before `since`,
      // but stays.
      await store(found('instance', 'a1', [failure('a1', -125, -110)]));
      expect((await list())[0].summary).toMatchObject({
        failoverId: summary.failoverId,
        detectedAt: iso(-125),
      });
      // The history since then shows only the end of a long episode.
      const cut = await store(
        found('instance', 'a1', [failure('a1', -112, -110)]),
      );
      expect(cut).toEqual({
        added: [],
        unplanned: [],
        recovered: [],
        changed: false,
      });
      // An unknown failover that began earlier is not reported this late.
      expect(
        await store(found('instance', 'b1', [failure('b1', -130, -110)])),
      ).toMatchObject({ changed: false });
      expect(await knex('failovers').count()).toEqual([{ count: '1' }]);
    }));

  it('recognizes failovers of earlier versions by their subject and treats time 0 as unknown', () =>
    withDatabase(async ({ knex, store, list }) => {
      const [{ summary }] = (
        await store(found('instance', 'a1', [failure('a1', 10)]))
      ).added;
      await knex.raw(
        `UPDATE failovers SET body = jsonb_set(body - 'failures', '{summary,timeToDetectMs}', '0')`,
      );
      expect((await list())[0].summary).not.toHaveProperty('timeToDetectMs');
      const changes = await store(
        found('instance', 'a1', [failure('a1', 8, 12)]),
      );
      expect(changes.added).toEqual([]);
      expect(changes.recovered[0].summary.failoverId).toBe(summary.failoverId);
    }));

  it('reports once that a failover was not planned after all', () =>
    withDatabase(async ({ store }) => {
      const judged = (planned: 'yes' | 'no'): FoundFailover => {
        const episode = found('instance', 'a', [failure('a', 1, 2)]);
        return { ...episode, summary: { ...episode.summary, planned } };
      };
      expect((await store(judged('yes'))).unplanned).toEqual([]);
      const { added, unplanned } = await store(judged('no'));
      expect(added).toEqual([]);
      expect(unplanned).toMatchObject([{ summary: { planned: 'no' } }]);
      expect((await store(judged('no'))).unplanned).toEqual([]);
    }));
});

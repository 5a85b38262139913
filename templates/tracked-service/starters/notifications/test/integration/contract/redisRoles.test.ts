import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  embeddedSet,
  redisSet,
  type AdapterSet,
  type Process,
} from '../../support/adapterSets.js';
import { realRedis, titleFor } from '../../support/realServers.js';
import { waitFor } from '../../support/waitFor.js';

describe('Cache, fan-out and jobs, embedded', () => contract(embeddedSet));
describe.skipIf(realRedis.missing)(
  `Cache, fan-out and jobs ${titleFor(realRedis)}`,
  () => contract(redisSet),
);

function contract(create: () => Promise<AdapterSet>) {
  let set: AdapterSet;
  let one: Process;
  let other: Process;

  beforeAll(async () => {
    set = await create();
    one = await set.open();
    other = await set.open();
  });
  afterAll(() => set.close());

  describe('cache', () => {
    it('loads once, and counts hits and misses', async () => {
      const key = randomUUID();
      const before = one.cache.counts;
      const first = await one.cache.readThrough(key, async () => 1);
      const second = await one.cache.readThrough(key, async () => 2);
      expect(first).toEqual({ value: 1, source: 'miss' });
      expect(second).toEqual({ value: 1, source: 'hit' });
      expect(one.cache.counts).toEqual({
        hits: before.hits + 1,
        misses: before.misses + 1,
        errors: before.errors,
      });
    });

    it('forgets what was invalidated, on all instances', async () => {
      const key = randomUUID();
      await one.cache.readThrough(key, async () => 'old');
      await other.cache.readThrough(key, async () => 'old');
      await one.cache.invalidate([key]);
      await waitFor('new value', async () => {
        const { value } = await other.cache.readThrough(key, async () => 'new');
        return value === 'new';
      });
      const own = await one.cache.readThrough(key, async () => 'new');
      expect(own.value).toBe('new');
    });

    it('does not keep what was invalidated while it was loaded', async () => {
      const key = randomUUID();
      const loading = await one.cache.readThrough(key, async () => {
        await one.cache.invalidate([key]);
        return 'old';
      });
      expect(loading.value).toBe('old');
      const next = await one.cache.readThrough(key, async () => 'new');
      expect(next).toEqual({ value: 'new', source: 'miss' });
    });

    it('caches nothing if loading fails', async () => {
      const key = randomUUID();
      const failing = one.cache.readThrough(key, async () => {
        throw new Error('no database');
      });
      await expect(failing).rejects.toThrow('no database');
      const next = await one.cache.readThrough(key, async () => 1);
      expect(next.source).toBe('miss');
    });
  });

  it('calls all instances for the users with new events', async () => {
    const calls: string[][] = [[], []];
    const stops = [one, other].map(({ fanOut }, index) =>
      fanOut.subscribe({
        onUsers: ids => calls[index]?.push(...ids),
        onGap: () => undefined,
      }),
    );
    const ids = Array.from({ length: 400 }, () => randomUUID());
    await waitFor('calls', async () => {
      await one.fanOut.publish(ids);
      return calls.every(list => new Set(list).size === 400);
    });
    for (const stop of stops) stop();
  });

  describe('jobs', () => {
    it('runs jobs on their schedule, one worker at a time', async () => {
      const runs: string[] = [];
      const job = (worker: string) => ({
        name: 'tick',
        schedule: { every: 200 },
        run: async () => {
          runs.push(worker);
          await Promise.resolve();
        },
      });
      await one.jobQueue.start([job('one')]);
      await other.jobQueue.start([job('other')]);
      await waitFor('three runs', () => runs.length >= 3);
    });

    it('restores a schedule that the storage has lost', async () => {
      const { jobQueue } = await set.open('lost', { restorePeriodMs: 300 });
      let runs = 0;
      await jobQueue.start([
        {
          name: 'tick',
          schedule: { every: 200 },
          run: async () => {
            runs += 1;
            await Promise.resolve();
          },
        },
      ]);
      await waitFor('a run', () => runs > 0);
      await jobQueue.queue.obliterate({ force: true });
      await jobQueue.queue.removeJobScheduler('tick');
      const before = runs;
      await waitFor('more runs', () => runs >= before + 3);
    });

    it('leaves the schedules of a newer release, and ends retired ones', async () => {
      const job = (name: string) => ({
        name,
        schedule: { every: 3_600_000 },
        run: () => Promise.resolve(),
      });
      const newer = await set.open('rollout');
      await newer.jobQueue.start([job('kept'), job('new')], ['old']);
      const older = await set.open('rollout');
      await older.jobQueue.start([job('kept'), job('old')]);
      const names = async () => {
        const found = await newer.jobQueue.queue.getJobSchedulers();
        return found.map(({ key }) => key).sort();
      };
      expect(await names()).toContain('new');
      const restarted = await set.open('rollout');
      await restarted.jobQueue.start([job('kept'), job('new')], ['old']);
      await waitFor('the end of the old schedule', async () => {
        return (await names()).join() === 'kept,new';
      });
    });

    it('gives a job up that throws for ever, and keeps its schedule', async () => {
      const process = await set.open('broken');
      let attempts = 0;
      await process.jobQueue.start([
        {
          name: 'broken',
          schedule: { every: 1_000 },
          run: async () => {
            attempts += 1;
            throw new Error('always');
          },
        },
      ]);
      await waitFor('two failed runs', async () => {
        const { failed } = await process.jobQueue.counts();
        return failed >= 2;
      });
      expect(attempts).toBeGreaterThanOrEqual(6);
      const [job] = await process.jobQueue.queue.getFailed(0, 0);
      expect(job?.failedReason).toBe('always');
      expect(job?.attemptsMade).toBe(3);
    });
  });
}

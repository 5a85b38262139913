import {
  focusManager,
  QueryClient,
  QueryObserver,
} from '@tanstack/react-query';
import { liveMeta, type LiveMeta } from './liveMeta';
import { LiveRefresher } from './LiveRefresher';

const START = Date.parse('2026-01-01T00:00:00Z');

describe('LiveRefresher', () => {
  beforeEach(() => jest.useFakeTimers({ now: START }));
  afterEach(() => {
    focusManager.setFocused(undefined);
    jest.useRealTimers();
  });

  /** Simulates reads of one query on screen; each takes `answerMs`. */
  async function setUp(
    options: { answerMs: number; withPings?: boolean } & Partial<LiveMeta>,
  ) {
    const { answerMs, withPings = true, ...live } = options;
    const client = new QueryClient();
    const refresher = new LiveRefresher(client);
    const reads: Array<{ atMs: number; signal: AbortSignal; done: boolean }> =
      [];
    const observer = new QueryObserver(client, {
      queryKey: ['a'],
      retry: false,
      queryFn: async ({ signal }) => {
        const read = { atMs: Date.now() - START, signal, done: false };
        reads.push(read);
        await new Promise(resolve => setTimeout(resolve, answerMs));
        read.done = true;
        return reads.length;
      },
      meta: liveMeta({
        kinds: ['requests'],
        minGapMs: 4_000,
        maxGapMs: 12_000,
        ...live,
      }),
    });
    observer.subscribe(() => {});
    refresher.start({ withPings });
    const run = async (ms: number, everyPing?: () => void) => {
      for (let passed = 0; passed < ms; passed += 2_000) {
        await jest.advanceTimersByTimeAsync(2_000);
        everyPing?.();
      }
    };
    const starts = () => reads.map(read => read.atMs);
    return { client, refresher, reads, run, starts };
  }

  it('never cancels a slow response, and rests as long as it took', async () => {
    const { refresher, reads, run, starts } = await setUp({ answerMs: 5_000 });
    await run(60_000, () => refresher.ping(['requests']));
    expect(reads.filter(({ signal }) => signal.aborted)).toEqual([]);
    // Each begins two response times after the previous one.
    expect(starts()).toEqual([
      0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000,
    ]);
  });

  it('reads once more after a change during a read', async () => {
    const { refresher, run, starts } = await setUp({
      answerMs: 1_000,
      maxGapMs: Infinity,
    });
    await jest.advanceTimersByTimeAsync(500);
    refresher.ping(['requests']);
    await run(30_000);
    expect(starts()).toEqual([0, 4_000]);
  });

  it('keeps the minimum interval under constant change', async () => {
    const { refresher, run, starts } = await setUp({ answerMs: 100 });
    await run(40_000, () => refresher.ping(['requests']));
    expect(starts()).toHaveLength(11);
  });

  it('does not read again for other kinds of data before the maximum interval', async () => {
    const { refresher, run, starts } = await setUp({ answerMs: 100 });
    await run(30_000, () => refresher.ping(['scans', 'fleet']));
    expect(starts()).toEqual([0, 12_000, 24_000]);
  });

  it('polls at the minimum interval without signals', async () => {
    const { run, starts } = await setUp({ answerMs: 100, withPings: false });
    await run(12_000);
    expect(starts()).toEqual([0, 4_000, 8_000, 12_000]);
  });

  it('reads nothing while hidden', async () => {
    const { refresher, run, starts } = await setUp({ answerMs: 100 });
    focusManager.setFocused(false);
    await run(60_000, () => refresher.ping(['requests']));
    expect(starts()).toEqual([0]);
  });

  it('stops when the range of a query has ended', async () => {
    const { refresher, run, starts } = await setUp({
      answerMs: 100,
      untilMs: START + 6_000,
    });
    await run(60_000, () => refresher.ping(['requests']));
    expect(starts()).toEqual([0, 4_000, 8_000]);
  });
});

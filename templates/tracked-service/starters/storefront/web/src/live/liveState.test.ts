import { describe, expect, it } from 'vitest';
import type { LiveMessage } from '../api/types';
import {
  initialLive,
  instancesNow,
  isStale,
  nowOf,
  reduceLive,
  type LiveState,
} from './liveState';

const start = Date.parse('2026-01-01T12:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();

function sample(instanceId: string, seconds: number, leaving = false) {
  return {
    instanceId,
    zone: 'a',
    sampledAt: at(seconds),
    cpuPercent: 5,
    memoryBytes: 1,
    requestsPerSecond: 0,
    medianMs: null,
    p95Ms: null,
    leaving,
  };
}

function message(
  seconds: number,
  change: Partial<LiveMessage>,
): { kind: 'message'; data: string; atMs: number } {
  const data: LiveMessage = {
    answeredBy: 'web-1',
    now: at(seconds),
    samplePeriodMs: 3_000,
    activeUsers: 1,
    activeWindowSeconds: 300,
    samples: [],
    ...change,
  };
  return {
    kind: 'message',
    data: JSON.stringify(data),
    atMs: deviceAt(seconds),
  };
}

/** The device's clock is wrong by an hour, which makes no difference. */
const deviceAt = (seconds: number) => start + 3_600_000 + seconds * 1_000;
const tick = (seconds: number) => ({
  kind: 'tick' as const,
  atMs: deviceAt(seconds),
});

const after = (...events: Parameters<typeof reduceLive>[1][]): LiveState =>
  events.reduce(reduceLive, initialLive);

describe('live state', () => {
  it('tells instances in service from silent and stopped ones', () => {
    const samples = [
      sample('web-1', 58),
      sample('web-2', 40),
      sample('web-3', 59, true),
    ];
    const state = after(message(60, { samples }));
    expect(
      instancesNow(state).map(({ state: is, silentSeconds }) => [
        is,
        silentSeconds,
      ]),
    ).toEqual([
      ['in service', 2],
      ['silent', 20],
      ['stopped', 1],
    ]);
  });

  it('becomes older without messages, until the last figures say nothing about now', () => {
    const first = message(60, { samples: [sample('web-1', 58)] });
    const states = [tick(61), tick(69), tick(70)].map(last =>
      after(first, last),
    );
    expect(states.map(isStale)).toEqual([false, false, true]);
    expect(
      states
        .flatMap(instancesNow)
        .map(({ state, silentSeconds }) => [state, silentSeconds]),
    ).toEqual([
      ['in service', 3],
      ['silent', 11],
      ['silent', 12],
    ]);
    expect(states.map(nowOf)).toEqual([
      start + 61_000,
      start + 69_000,
      start + 70_000,
    ]);
    expect(isStale(after(first, tick(70), message(71, {})))).toBe(false);
    expect(isStale(after(tick(70)))).toBe(false);
  });

  it('does not become younger when the clock of the device is set back', () => {
    const state = after(message(60, {}), tick(-600));
    expect(nowOf(state)).toBe(start + 60_000);
  });

  it('notes the move to another instance, without counting samples twice', () => {
    const samples = [sample('web-1', 1)];
    const state = after(
      message(2, { samples }),
      { kind: 'closed', code: 1012 },
      message(4, {
        answeredBy: 'web-2',
        samples: [...samples, sample('web-2', 3)],
      }),
    );
    expect(state.connection).toBe('open');
    expect(state.moves).toEqual([{ at: at(4), from: 'web-1', to: 'web-2' }]);
    expect(state.samples).toHaveLength(2);
  });

  it('does not connect again for a user who is signed out', () => {
    expect(after({ kind: 'closed', code: 1008 }).connection).toBe('signed-out');
    expect(after({ kind: 'closed', code: 1006 }).connection).toBe(
      'reconnecting',
    );
  });

  it('forgets what is older than ten minutes', () => {
    const state = after(
      message(1, { samples: [sample('web-1', 1)] }),
      message(700, { samples: [sample('web-1', 699)] }),
    );
    expect(state.samples.map(({ sampledAt }) => sampledAt)).toEqual([at(699)]);
  });
});

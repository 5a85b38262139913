import { describe, expect, it } from 'vitest';
import type { LiveMessage } from '../api/types';
import {
  initialLive,
  instancesNow,
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
): { kind: 'message'; data: string } {
  const data: LiveMessage = {
    answeredBy: 'web-1',
    now: at(seconds),
    samplePeriodMs: 3_000,
    activeUsers: 1,
    activeWindowSeconds: 300,
    samples: [],
    ...change,
  };
  return { kind: 'message', data: JSON.stringify(data) };
}

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

import { toTargetHistory } from './describeTarget';
import { lostTimes } from './lostTimes';

describe('lostTimes', () => {
  const minuteMs = 60_000;
  const start = Date.parse('2026-01-01T12:00:00Z');
  const at = (minute: number) => new Date(start + minute * minuteMs);
  const range = { from: at(0), to: at(60), until: at(60) };
  /** A target in a zone, with the states that it entered at given minutes. */
  const target = (zone: string, states: Array<[number, string]>) =>
    toTargetHistory(
      states.map(([minute, state], i) => ({
        resource_id: 1,
        target_key: 'a',
        at: at(minute),
        state,
        from_state: states[i - 1]?.[1] ?? null,
        reason_code: null,
        reason: null,
        instance_key: null,
        port: null,
        zone,
      })),
      [],
      range,
    );
  const failed: Array<[number, string]> = [
    [0, 'healthy'],
    [20, 'unhealthy'],
    [25, 'draining'],
    [30, 'gone'],
  ];
  const minutes = (...input: Parameters<typeof lostTimes>) =>
    lostTimes(...input).map(({ zone, observedMs, healthyMs }) => [
      zone,
      observedMs / minuteMs,
      healthyMs,
    ]);

  it('counts from the departure of the last failed target', () => {
    expect(minutes([target('b', failed)], [], [], range)).toEqual([
      ['b', 30, 0],
    ]);
  });

  it('ends when the zone has a target again', () => {
    const next = target('b', [[40, 'initial']]);
    expect(minutes([target('b', failed), next], [], [], range)).toEqual([
      ['b', 10, 0],
    ]);
  });

  it('counts nothing after a scale-in or while another target exists', () => {
    const scaledIn = target('a', [
      [0, 'healthy'],
      [25, 'draining'],
      [30, 'gone'],
    ]);
    const stays = target('b', [[0, 'healthy']]);
    expect(
      minutes([scaledIn, stays, target('b', failed)], [], [], range),
    ).toEqual([]);
  });

  it('counts a zone that was lost before the range, but no gaps', () => {
    const gaps = [{ from: at(10), to: at(20) }];
    expect(minutes([], [{ zone: 'c', lostAt: at(-30) }], gaps, range)).toEqual([
      ['c', 50, 0],
    ]);
  });
});

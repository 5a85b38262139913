import type {
  Health,
  LoadDistribution,
  LoadFlag,
} from '@cloudtrace/plugin-cloudtrace-common';
import { findInsights } from './findInsights';

function loadOf(flags: Record<string, LoadFlag[]>): LoadDistribution {
  return {
    totals: { requests: 1000 },
    series: [],
    groups: Object.entries(flags).map(([key, own]) => ({
      key,
      label: key,
      flags: own,
    })),
  } as unknown as LoadDistribution;
}
const healthOf = (
  targets: Array<{ targetId: string; instanceId?: string; present: boolean }>,
) => ({ groups: [{ targets, healthy: 0, total: 0 }] } as unknown as Health);

describe('findInsights', () => {
  const slow: LoadFlag = {
    ...{ kind: 'slow', severity: 'critical', unit: 'ms' },
    ...{ value: 128, reference: 17 },
  };
  const failing: LoadFlag = {
    ...{ kind: 'failing', severity: 'critical', unit: '1', value: 0.5 },
  };
  const sentences = (input: Parameters<typeof findInsights>[0]) =>
    findInsights(input).map(({ severity, text }) => [severity, text]);

  it('says what goes on, worst first', () => {
    const cold: LoadFlag = {
      ...{ kind: 'cold', severity: 'warning', unit: '1' },
      ...{ value: 0.1, reference: 0.25 },
    };
    expect(
      sentences({ load: loadOf({ a: [cold], b: [slow] }), events: [] }),
    ).toEqual([
      ['critical', "b is slow: p95 is 128 ms, the others' is 17 ms"],
      ['warning', 'a takes 10 % of the requests, its fair share is 25 %'],
    ]);
  });

  it('does not invent a figure of others where there were none', () => {
    expect(sentences({ load: loadOf({ a: [failing] }), events: [] })).toEqual([
      ['critical', 'a fails 50 % of its requests'],
    ]);
  });

  it('speaks of instances that are gone in the past, by their requests or the fleet', () => {
    const until = '2026-01-01T12:00:00.000Z';
    const past = { ...slow, severity: 'info' as const, until };
    expect(
      sentences({
        load: loadOf({ silent: [past], ended: [slow, failing], here: [] }),
        health: healthOf([
          { targetId: 'ended:80', instanceId: 'ended', present: false },
          { targetId: 'here', present: true },
        ]),
        events: [],
      }),
    ).toEqual([
      ['warning', 'ended, now gone, failed 50 % of its requests'],
      [
        'info',
        "silent, now gone, was slow: p95 was 128 ms, the others' was 17 ms",
      ],
      [
        'info',
        "ended, now gone, was slow: p95 was 128 ms, the others' was 17 ms",
      ],
    ]);
  });
});

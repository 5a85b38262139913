import {
  MINUTE_MS,
  DurationHistogram,
} from '@cloudtrace/plugin-cloudtrace-common';
import { buildLoadDistribution } from './buildLoadDistribution';
import type { RollupRow } from '../rollups/types';

const from = Date.parse('2026-01-01T12:00:00Z');
const minute = (n: number) => new Date(from + n * MINUTE_MS);

/** Requests of an instance in the minutes from `first` on, all with the same duration. */
function serve(
  key: string,
  first: number,
  perMinute: number[],
  durationMs: number,
): RollupRow[] {
  return perMinute.map((requests, i) => {
    const histogram = new DurationHistogram();
    histogram.add(durationMs * 1000, requests);
    return {
      ...{ key, label: key, bucket: minute(first + i), requests, errors: 0 },
      durationSumUs: requests * durationMs * 1000,
      durationMaxUs: durationMs * 1000,
      histogram: histogram.encode(),
    };
  });
}

function build(rows: RollupRow[], firstSeen: Record<string, Date> = {}) {
  const range = { stepMs: MINUTE_MS, asOf: minute(15) };
  return buildLoadDistribution({
    environment: 'production',
    groupBy: 'instance',
    current: { ...range, from: minute(0), to: minute(15), rows },
    previous: { ...range, from: minute(-15), to: minute(0), rows: [] },
    firstSeen: new Map(Object.entries(firstSeen)),
    limit: 100,
    now: minute(15),
  });
}
/** The same requests as a kind of work. */
const as = (kind: RollupRow['kind'], ...parts: RollupRow[][]) =>
  parts.flat().map(row => ({ ...row, kind }));
const long = (perMinute: number) => Array<number>(15).fill(perMinute);
const kinds = (answer: ReturnType<typeof build>) =>
  Object.fromEntries(
    answer.groups.map(({ key, flags }) => [key, flags.map(f => f.kind)]),
  );

describe('buildLoadDistribution', () => {
  it('does not judge an instance that served for 18 s by the whole 15 minutes', () => {
    const answer = build(
      [
        ...serve('a', 0, long(300), 17),
        ...serve('b', 0, long(300), 17),
        ...serve('c', 0, long(300), 17),
        // Cold: its first requests are slow.
        ...serve('new', 14, [70], 128),
      ],
      { new: new Date(minute(14).getTime() + 42_000) },
    );
    expect(kinds(answer)).toEqual({ a: [], b: [], c: [], new: ['new'] });
    expect(answer.balance).toMatchObject({ groups: 3, verdict: 'even' });
    // Its share in the range is its actual share, and also its fair share.
    const last = answer.groups.find(({ key }) => key === 'new')!;
    expect(last.fairShare).toBeCloseTo(last.share, 9);
  });

  it('gives the busiest and the idlest instance the same share as the list of groups', () => {
    const answer = build([
      ...serve('a', 0, long(300), 17),
      ...serve('b', 0, long(330), 17),
      // It left early and came back for less than a step.
      ...serve('c', 0, [300, 300, 300, 300, 300, 300, 20], 17),
    ]);
    const { busiest, idlest } = answer.balance;
    for (const extreme of [busiest!, idlest!]) {
      const group = answer.groups.find(({ key }) => key === extreme.key)!;
      expect(extreme).toMatchObject({
        share: group.share,
        fairShare: group.fairShare,
      });
    }
  });

  it('never reports a group as last seen before it was first seen', () => {
    const first = new Date(minute(14).getTime() + 14_000);
    const [group] = build(serve('a', 14, [3], 17), { a: first }).groups;
    expect(group.firstSeenAt).toBe(first.toISOString());
    expect(group.lastSeenAt).toBe(first.toISOString());
  });

  it('has no values before the first request ever, and zero after it', () => {
    const rows = serve('a', 9, [10, 0, 0, 20], 20).filter(r => r.requests > 0);
    const first = new Date(minute(9).getTime() + 30_000);
    const { series, totals } = build(rows, { a: first });
    expect(series.map(({ t, requests }) => [t, requests])).toEqual(
      [10, 0, 0, 20, 0, 0].map((n, i) => [minute(9 + i).toISOString(), n]),
    );
    expect(totals.requestsPerSecond).toBeCloseTo(30 / 330, 9);
    expect(build(rows, { a: minute(-60) }).series).toHaveLength(15);
    expect(build([]).series).toEqual([]);
  });

  it('compares an instance only with the minutes in which it served', () => {
    const answer = build([
      // While only two served, everything was slow; later it was not.
      ...serve('a', 0, [...Array(5).fill(400), ...Array(10).fill(200)], 90),
      ...serve('gone', 0, [400, 400, 400, 400, 150], 90),
      ...serve('late', 5, [60, ...Array(9).fill(200)], 90),
    ]);
    expect(kinds(answer)).toEqual({ a: [], gone: ['silent'], late: [] });
    expect(answer.balance.verdict).toBe('even');
    const sum = answer.groups.reduce((all, each) => all + each.fairShare!, 0);
    expect(sum).toBeCloseTo(1, 9);
  });

  it('compares with the baseline only if the service existed for all of it', () => {
    const rows = serve('a', 0, long(10), 20);
    const began = (minutes: number) => build(rows, { a: minute(minutes) });
    expect(began(-100).previous?.totals.requests).toBe(0);
    expect(began(-15).previous?.totals.requests).toBe(0);
    // A minute and a half of it would make the rate ten times too small.
    expect(began(-1.5).previous).toBeUndefined();
    expect(began(0).previous).toBeUndefined();
  });

  it('reports when a slow and busy instance left', () => {
    const answer = build([
      ...serve('a', 0, long(200), 20),
      ...serve('b', 0, long(200), 20),
      ...serve('gone', 0, [600, 600, 600, 600, 100], 200),
    ]);
    const until = minute(5).toISOString();
    expect(answer.groups.find(({ key }) => key === 'gone')!.flags).toEqual([
      expect.objectContaining({ kind: 'slow', severity: 'info', until }),
      expect.objectContaining({
        ...{ kind: 'hot', severity: 'info', until },
        ...{ value: 0.6, reference: 1 / 3 },
      }),
      { kind: 'silent', severity: 'info', since: until },
    ]);
    expect(kinds(answer)).toMatchObject({ a: [], b: [] });
  });

  describe('with requests and messages', () => {
    const servers = as(
      'server',
      serve('api-1', 0, long(373), 12),
      serve('api-2', 0, long(358), 12),
    );
    const verdicts = ({ kinds: parts }: ReturnType<typeof build>) =>
      parts?.map(({ kind, balance }) => [kind, balance.verdict]);
    const groupOf = (
      answer: ReturnType<typeof build>,
      key: string,
      kind: string,
    ) => answer.groups.find(each => each.key === key && each.kind === kind)!;

    it('compares an API only with APIs, and a worker only with workers', () => {
      const answer = build([
        ...servers,
        ...as(
          'consumer',
          serve('worker-1', 0, long(89), 40),
          serve('worker-2', 0, long(193), 40),
        ),
      ]);
      expect(verdicts(answer)).toEqual([
        ['server', 'even'],
        ['consumer', 'uneven'],
      ]);
      expect(kinds(answer)).toEqual({
        'api-1': [],
        'api-2': [],
        'worker-1': [],
        'worker-2': ['hot'],
      });
      expect(answer.groups.map(({ kind }) => kind)).toEqual([
        ...['server', 'server', 'consumer', 'consumer'],
      ]);
      for (const kind of ['server', 'consumer']) {
        const own = answer.groups.filter(group => group.kind === kind);
        for (const { fairShare } of own) expect(fairShare).toBeCloseTo(0.5, 9);
        const sum = own.reduce((all, { share }) => all + share, 0);
        expect(sum).toBeCloseTo(1, 9);
      }
      // Readers that know one balance see the one that is uneven.
      expect(answer.balance).toMatchObject({
        verdict: 'uneven',
        busiest: { key: 'worker-2' },
      });
      expect(answer.totals.requests).toBe(15 * (373 + 358 + 89 + 193));
      expect(answer.series[0].requests).toBe(373 + 358 + 89 + 193);
    });

    it('does not call workers slow or failing because APIs are not', () => {
      const failing = serve('worker-2', 0, long(100), 400);
      const answer = build([
        ...servers,
        ...as('consumer', serve('worker-1', 0, long(100), 400), failing).map(
          row => ({ ...row, errors: 5 }),
        ),
      ]);
      expect(Object.values(kinds(answer)).flat()).toEqual([]);
    });

    it('does not call a worker silent while no worker has messages', () => {
      const answer = build([
        ...servers,
        ...as('consumer', serve('worker-1', 0, [50, 50, 50, 50], 40)),
      ]);
      expect(kinds(answer)['worker-1']).toEqual([]);
    });

    it('shows an instance that does both as two groups with one key', () => {
      const answer = build([
        ...servers,
        ...as('server', serve('both', 0, long(360), 12)),
        ...as('consumer', serve('both', 0, long(20), 40)),
      ]);
      expect(groupOf(answer, 'both', 'server')).toMatchObject({
        requests: 15 * 360,
        share: 360 / (373 + 358 + 360),
        flags: [],
      });
      expect(groupOf(answer, 'both', 'consumer')).toMatchObject({
        requests: 15 * 20,
        share: 1,
        flags: [],
      });
      expect(verdicts(answer)).toEqual([
        ['server', 'even'],
        ['consumer', 'not-comparable'],
      ]);
      expect(answer.balance.verdict).toBe('even');
    });

    it('does not judge what was recorded without its kind', () => {
      const answer = build([
        ...servers,
        ...as(
          'unknown',
          serve('old-1', 0, long(900), 12),
          serve('old-2', 0, long(10), 12),
        ),
      ]);
      expect(verdicts(answer)).toEqual([
        ['server', 'even'],
        ['unknown', 'not-comparable'],
      ]);
      expect(Object.values(kinds(answer)).flat()).toEqual([]);
      expect(groupOf(answer, 'old-1', 'unknown').fairShare).toBeUndefined();
    });

    const alone = [
      ...serve('a', 0, long(300), 17),
      ...serve('b', 0, long(100), 17),
    ];

    it('does not name the kind if all of it is requests', () => {
      const answer = build(as('server', alone));
      expect(answer).toEqual(build(alone));
      expect(answer.kinds).toBeUndefined();
      expect(answer.groups[0]).not.toHaveProperty('kind');
    });

    it('names the kind if all of it is messages', () => {
      const answer = build(as('consumer', alone));
      expect(answer.balance).toEqual(build(alone).balance);
      expect(verdicts(answer)).toEqual([['consumer', answer.balance.verdict]]);
      expect(groupOf(answer, 'a', 'consumer').requests).toBeGreaterThan(0);
    });
  });
});

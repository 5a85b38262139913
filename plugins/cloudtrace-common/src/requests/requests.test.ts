import fc from 'fast-check';
import { annotatedEnvironments } from '../annotations';
import {
  autoStepMs,
  flagGroups,
  jainIndex,
  judgeBalance,
  maxToMean,
  parseStepMs,
  relativeLoads,
  type FlagInput,
} from '.';

const loads = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 40 });

describe('jainIndex and maxToMean', () => {
  it('are 1 for equal loads and reach their limits with one busy group', () => {
    expect(jainIndex([5, 5, 5, 5])).toBe(1);
    expect(maxToMean([5, 5, 5, 5])).toBe(1);
    expect(jainIndex([7, 0, 0, 0])).toBe(0.25);
    expect(maxToMean([7, 0, 0, 0])).toBe(4);
    expect(jainIndex([0, 0])).toBeUndefined();
    expect(maxToMean([])).toBeUndefined();
  });

  it('stay within their limits, and do not depend on scale or order', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 1000 }), (xs, factor) => {
        const index = jainIndex(xs);
        fc.pre(index !== undefined);
        expect(index).toBeGreaterThanOrEqual(1 / xs.length - 1e-9);
        expect(index).toBeLessThanOrEqual(1 + 1e-9);
        expect(jainIndex([...xs].reverse())).toBeCloseTo(index!, 9);
        expect(jainIndex(xs.map(x => x * factor))).toBeCloseTo(index!, 9);
        expect(maxToMean(xs)).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(maxToMean(xs)).toBeLessThanOrEqual(xs.length + 1e-9);
      }),
    );
  });
});

describe('relativeLoads', () => {
  it('takes total / groups for the fair part of groups that are always there', () => {
    const result = relativeLoads([
      { key: 'a', requestsPerStep: [10, 10, 40] },
      { key: 'b', requestsPerStep: [10, 10, 10] },
    ]);
    expect(result).toEqual([
      { key: 'a', requests: 60, fairRequests: 45, ratio: 60 / 45 },
      { key: 'b', requests: 30, fairRequests: 45, ratio: 30 / 45 },
    ]);
  });

  it('asks nothing of a group before it starts and after it ends', () => {
    const result = relativeLoads([
      { key: 'always', requestsPerStep: [100, 50, 50, 100] },
      { key: 'between', requestsPerStep: [0, 50, 50, 0] },
      { key: 'never', requestsPerStep: [0, 0, 0, 0] },
    ]);
    expect(result.map(({ key, ratio }) => [key, ratio])).toEqual([
      ['always', 1],
      ['between', 1],
    ]);
    expect(judgeBalance(result)).toBe('even');
  });

  it('shares out exactly what was there', () => {
    const samples = fc
      .integer({ min: 1, max: 20 })
      .chain(steps =>
        fc.array(
          fc.array(fc.nat(1000), { minLength: steps, maxLength: steps }),
          { minLength: 1, maxLength: 8 },
        ),
      );
    fc.assert(
      fc.property(samples, rows => {
        const result = relativeLoads(
          rows.map((requestsPerStep, i) => ({ key: `${i}`, requestsPerStep })),
        );
        const total = rows.flat().reduce((a, b) => a + b, 0);
        const sum = (pick: (load: (typeof result)[number]) => number) =>
          result.reduce((a, load) => a + pick(load), 0);
        expect(sum(load => load.requests)).toBe(total);
        expect(sum(load => load.fairRequests)).toBeCloseTo(total, 6);
      }),
    );
  });
});

describe('judgeBalance', () => {
  const judge = (...requests: number[]) =>
    judgeBalance(
      relativeLoads(
        requests.map((n, i) => ({ key: `${i}`, requestsPerStep: [n] })),
      ),
    );

  it('tells even from uneven', () => {
    expect(judge(1000, 1010, 990)).toBe('even');
    expect(judge(1000, 1300, 800)).toBe('slightly-uneven');
    expect(judge(1000, 100, 100)).toBe('uneven');
    // One hot instance among twenty hardly moves the index.
    expect(judge(...Array(19).fill(1000), 2000)).toBe('uneven');
  });

  it('does not judge one group or a handful of requests', () => {
    expect(judge(100_000)).toBe('not-comparable');
    expect(judge(20, 5)).toBe('not-comparable');
  });
});

describe('flagGroups', () => {
  const from = new Date('2026-01-01T10:00:00Z');
  const until = new Date('2026-01-01T11:00:00Z');
  const context = { from, until, stepMs: 60_000, alike: true };
  const usual = {
    requests: 1000,
    errors: 1,
    p95Ms: 40,
    firstSeenAt: new Date('2025-12-01T00:00:00Z'),
    lastSeenAt: new Date('2026-01-01T10:59:00Z'),
    load: { requests: 1000, fairRequests: 1000, ratio: 1 },
  };
  const flagsOf = (odd: Partial<FlagInput>, alike = true) => {
    const groups = [
      { ...usual, key: 'a' },
      { ...usual, key: 'b' },
      { ...usual, key: 'odd', ...odd },
    ];
    const flags = flagGroups(groups, { ...context, alike });
    expect(flags.get('a')).toEqual([]);
    return flags.get('odd')!;
  };

  it('leaves a usual group alone', () => {
    expect(flagsOf({})).toEqual([]);
  });

  it.each<[string, Partial<FlagInput>, object]>([
    [
      'hot',
      { load: { requests: 1600, fairRequests: 1000, ratio: 1.6 } },
      { kind: 'hot', severity: 'warning', unit: '1' },
    ],
    [
      'cold',
      { load: { requests: 300, fairRequests: 1000, ratio: 0.3 } },
      { kind: 'cold', severity: 'warning', unit: '1' },
    ],
    [
      'slow',
      { p95Ms: 130 },
      {
        kind: 'slow',
        severity: 'critical',
        value: 130,
        reference: 40,
        unit: 'ms',
      },
    ],
    [
      'failing',
      { errors: 60 },
      { kind: 'failing', severity: 'warning', value: 0.06, reference: 0.001 },
    ],
    [
      'silent',
      { lastSeenAt: new Date('2026-01-01T10:40:00Z') },
      { kind: 'silent', severity: 'info', since: '2026-01-01T10:41:00.000Z' },
    ],
    [
      'new',
      { firstSeenAt: new Date('2026-01-01T10:30:00Z') },
      { kind: 'new', severity: 'info', since: '2026-01-01T10:30:00.000Z' },
    ],
  ])('flags a %s group with its figures', (_, odd, expected) => {
    expect(flagsOf(odd)).toEqual([expect.objectContaining(expected)]);
  });

  it('does not take chance for a difference', () => {
    expect(
      flagsOf({
        requests: 4,
        load: { requests: 9, fairRequests: 6, ratio: 1.5 },
      }),
    ).toEqual([]);
    expect(flagsOf({ requests: 20, errors: 4, p95Ms: 500 })).toEqual([]);
    expect(flagsOf({ p95Ms: 48 })).toEqual([]);
  });

  it('compares groups that do other work with their own past', () => {
    expect(flagsOf({ p95Ms: 400 }, false)).toEqual([]);
    expect(
      flagsOf(
        { p95Ms: 400, previous: { requests: 900, p95Ms: 100 } },
        false,
      ).map(({ kind }) => kind),
    ).toEqual(['slow']);
  });
});

describe('steps', () => {
  it('cuts any range into a readable number of points', () => {
    const minute = 60_000;
    expect(autoStepMs(15 * minute)).toBe(minute);
    expect(autoStepMs(60 * minute)).toBe(minute);
    expect(autoStepMs(24 * 60 * minute)).toBe(15 * minute);
    expect(autoStepMs(30 * 24 * 60 * minute)).toBe(360 * minute);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 * 366 * 86_400_000 }), range => {
        const step = autoStepMs(range);
        expect(step % minute).toBe(0);
        expect(Math.ceil(range / step)).toBeLessThanOrEqual(120);
      }),
    );
  });

  it('reads steps', () => {
    expect(parseStepMs('5m')).toBe(300_000);
    expect(parseStepMs('1d')).toBe(86_400_000);
    for (const text of ['0m', '5', 'm', '5s', '-5m', '1.5h', '']) {
      expect(parseStepMs(text)).toBeUndefined();
    }
  });
});

describe('annotatedEnvironments', () => {
  it('lists the named ones first, then suffixes, each once and only valid names', () => {
    expect(
      annotatedEnvironments({
        'cloudtrace.io/target-group.dev': 'x',
        'cloudtrace.io/environments': 'production, staging,,bad name!',
        'cloudtrace.io/auto-scaling-group.staging': 'x',
        'cloudtrace.io/auto-scaling-group': 'x',
        'other.io/environments': 'qa',
      }),
    ).toEqual(['production', 'staging', 'dev']);
    expect(annotatedEnvironments(undefined)).toEqual([]);
  });
});

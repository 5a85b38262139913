import fc from 'fast-check';
import { annotatedEnvironments } from '../annotations';
import {
  autoStepMs,
  jainIndex,
  judgeBalance,
  maxToMean,
  parseStepMs,
  relativeLoads,
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

describe('judgeBalance', () => {
  const judge = (...requests: number[]) =>
    judgeBalance(
      relativeLoads(
        requests.map((n, i) => ({ key: `${i}`, requestsPerStep: [n] })),
      ),
    );

  it('distinguishes even from uneven loads', () => {
    expect(judge(1000, 1010, 990)).toBe('even');
    expect(judge(1000, 1300, 800)).toBe('slightly-uneven');
    expect(judge(1000, 100, 100)).toBe('uneven');
    // One hot instance among twenty hardly changes the index.
    expect(judge(...Array(19).fill(1000), 2000)).toBe('uneven');
  });

  it('does not judge one group or a handful of requests', () => {
    expect(judge(100_000)).toBe('not-comparable');
    expect(judge(20, 5)).toBe('not-comparable');
  });

  it('does not mistake chance for unevenness', () => {
    // Twenty groups of fifty: one with 65 is two standard deviations off.
    expect(judge(...Array(19).fill(50), 65)).toBe('even');
    expect(judge(...Array(19).fill(5000), 6500)).toBe('slightly-uneven');
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

  it('parses steps', () => {
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

import fc from 'fast-check';
import { isComparable, judgeBalance, relativeLoads, servedSteps } from '.';

describe('servedSteps', () => {
  const stepsOf = (samples: Record<string, number[]>, isNew: string[] = []) =>
    servedSteps(
      Object.entries(samples).map(([key, requestsPerStep]) => ({
        key,
        requestsPerStep,
        isNew: isNew.includes(key),
      })),
    ).map(({ key, present, whole }) => [
      key,
      // Wholly present, partly present, or absent.
      present.map((here, i) => '.pw'[Number(here) + Number(whole[i])]).join(''),
    ]);

  it('treats the steps in which a group appeared or disappeared as partial', () => {
    expect(
      stepsOf({
        always: [90, 90, 90, 90, 90, 90],
        came: [0, 0, 20, 90, 90, 90],
        went: [90, 90, 90, 30, 0, 0],
        away: [90, 20, 0, 0, 40, 90],
      }),
    ).toEqual([
      ['always', 'wwwwww'],
      ['came', '..pwww'],
      ['went', 'wwwp..'],
      ['away', 'wp..pw'],
    ]);
  });

  it('treats a first step as partial only for a group that never served before', () => {
    expect(stepsOf({ old: [9, 9], new: [9, 9] }, ['new'])).toEqual([
      ['old', 'ww'],
      ['new', 'pw'],
    ]);
  });

  it('treats a gap that chance explains as service, but never one before the first request', () => {
    expect(
      stepsOf({ a: [3, 0, 2, 4, 0], b: [0, 4, 3, 0, 2], c: [0, 0, 5, 2, 1] }, [
        'c',
      ]),
    ).toEqual([
      ['a', 'wwwww'],
      ['b', 'wwwww'],
      ['c', '..pww'],
    ]);
  });
});

describe('relativeLoads', () => {
  it('uses total / groups as the fair share of groups that are always present', () => {
    const result = relativeLoads([
      { key: 'a', requestsPerStep: [10, 10, 40] },
      { key: 'b', requestsPerStep: [10, 10, 10] },
    ]);
    const both = { fairRequests: 45, totalRequests: 90, steps: 3 };
    expect(result).toEqual([
      { key: 'a', requests: 60, ...both, ratio: 60 / 45, otherRequests: 0 },
      { key: 'b', requests: 30, ...both, ratio: 30 / 45, otherRequests: 0 },
    ]);
  });

  it('expects nothing from a group before it starts, while it is absent and after it ends', () => {
    const result = relativeLoads([
      { key: 'always', requestsPerStep: [100, 80, 50, 50, 70, 100] },
      { key: 'between', requestsPerStep: [0, 20, 50, 50, 30, 0] },
      { key: 'never', requestsPerStep: [0, 0, 0, 0, 0, 0] },
    ]);
    expect(result.map(({ key, ratio, steps }) => [key, ratio, steps])).toEqual([
      ['always', 1, 6],
      ['between', 1, 2],
    ]);
    expect(judgeBalance(result)).toBe('even');
  });

  it('does not judge an instance launched 18 s ago', () => {
    const [old, launched] = relativeLoads([
      ...['a', 'b', 'c'].map(key => ({
        key,
        requestsPerStep: Array(15).fill(300),
      })),
      {
        key: 'launched',
        isNew: true,
        requestsPerStep: [...Array(14).fill(0), 70],
      },
    ]).filter((_, i) => i === 0 || i === 3);
    expect(launched).toMatchObject({
      requests: 0,
      steps: 0,
      otherRequests: 70,
    });
    expect(isComparable(launched, 60_000)).toBe(false);
    // The others share the requests that it did not get.
    expect(old.ratio).toBe(1);
    expect(isComparable(old, 60_000)).toBe(true);
  });

  it('judges a group that served for a few minutes by these minutes', () => {
    const [, , , late] = relativeLoads([
      ...['a', 'b', 'c'].map(key => ({
        key,
        requestsPerStep: [...Array(10).fill(300), ...Array(5).fill(225)],
      })),
      {
        key: 'late',
        isNew: true,
        requestsPerStep: [...Array(10).fill(0), 110, 225, 225, 225, 225],
      },
    ]);
    expect(late).toMatchObject({ requests: 900, steps: 4, ratio: 1 });
    expect(late.requests / late.totalRequests).toBe(0.25);
    expect(isComparable(late, 60_000)).toBe(true);
  });

  it('distributes exactly the requests that exist', () => {
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
        const compared = sum(load => load.requests);
        expect(compared + sum(load => load.otherRequests)).toBe(total);
        expect(sum(load => load.fairRequests)).toBeCloseTo(compared, 6);
      }),
    );
  });
});

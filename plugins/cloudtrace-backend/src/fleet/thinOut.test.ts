import fc from 'fast-check';
import { thinOut } from './thinOut';

const points = fc
  .uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 400 })
  .chain(times =>
    fc
      .array(fc.integer({ min: -50, max: 50 }), {
        minLength: times.length,
        maxLength: times.length,
      })
      .map(values =>
        times.sort((a, b) => a - b).map((at, i) => ({ at, value: values[i] })),
      ),
  );

describe('thinOut', () => {
  it('leaves short series unchanged', () => {
    const short = [{ at: 1 }, { at: 2 }];
    expect(thinOut(short, [], 2)).toEqual(short);
  });

  it('keeps both ends and the dips, within the limit', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 6, max: 100 }), (all, max) => {
        const kept = thinOut(all, [({ value }) => value], max);
        expect(kept.length).toBeLessThanOrEqual(max);
        expect(all).toEqual(expect.arrayContaining(kept));
        expect([kept[0], kept.at(-1)]).toEqual([all[0], all.at(-1)]);
        expect(Math.min(...kept.map(({ value }) => value))).toBe(
          Math.min(...all.map(({ value }) => value)),
        );
        expect(kept.map(({ at }) => at)).toEqual(
          kept.map(({ at }) => at).sort((a, b) => a - b),
        );
      }),
    );
  });
});

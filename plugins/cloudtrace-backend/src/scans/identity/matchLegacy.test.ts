import type { KeyedFinding } from './KeyedScan';
import { matchLegacy, type LegacyFinding } from './matchLegacy';

const old = (
  findingId: string,
  line: number | undefined,
  more: Partial<LegacyFinding> = {},
): LegacyFinding => ({
  findingId,
  decided: false,
  tools: [],
  base: 'b',
  line,
  ...more,
});
const now = (...lines: number[]) => named(...lines.map(line => ['b', line]));
const named = (...names: (string | number)[][]) =>
  ({ legacy: names.map(([base, line]) => ({ base, line })) } as KeyedFinding);

const match = (results: KeyedFinding[], stored: LegacyFinding[]) => {
  const matches = matchLegacy(results, stored);
  return results.map(result => matches.get(result)?.findingId);
};

describe('matchLegacy', () => {
  it('matches only findings with the same name', () => {
    expect(match([now(5)], [old('a', 5, { base: 'c' })])).toEqual([undefined]);
    expect(
      match(
        [named(['c', 5]), now(5)],
        [old('a', 5), old('b', 5, { base: 'c' })],
      ),
    ).toEqual(['b', 'a']);
  });

  it('returns no entry for a result without a match', () => {
    expect(matchLegacy([now(5), now(6)], [old('a', 7)]).size).toBe(0);
    expect(matchLegacy([now(5)], [old('a', 5, { base: 'c' })]).size).toBe(0);
  });

  it('matches several results with several findings by line', () => {
    const stored = [old('a', 10), old('b', 20)];
    expect(match([now(10), now(20)], stored)).toEqual(['a', 'b']);
    expect(match([now(20), now(10)], stored)).toEqual(['b', 'a']);
  });

  it('matches by line if results were only added', () => {
    expect(
      match([now(10), now(15), now(20)], [old('a', 10), old('b', 20)]),
    ).toEqual(['a', undefined, 'b']);
    expect(match([now(10), now(15)], [old('a', 10)])).toEqual(['a', undefined]);
  });

  it('matches by line if results were only removed', () => {
    expect(match([now(20)], [old('a', 10), old('b', 20)])).toEqual(['b']);
  });

  it('matches nothing if results were added and removed', () => {
    expect(match([now(20), now(30)], [old('a', 10), old('b', 20)])).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('considers only the lines of the same name', () => {
    const result = named(['b', 10], ['c', 99]);
    const stored = [old('a', 10), old('b', 20), old('c', 99)];
    expect(match([result], stored)).toEqual(['a']);
    const other = named(['b', 10], ['c', 50]);
    expect(match([other], [old('a', 10), old('b', 20)])).toEqual(['a']);
  });

  it('considers each name of a result', () => {
    const stored = [old('y', 5), old('x', 6, { base: 'c' })];
    expect(match([named(['b', 7], ['c', 8])], stored)).toEqual(['x']);
    expect(match([named(['c', 8], ['b', 7])], [...stored].reverse())).toEqual([
      'x',
    ]);
  });

  it('prefers a finding without a decision, then the lower id', () => {
    const pick = (...stored: LegacyFinding[]) => match([now(5)], stored)[0];
    const decided = { decided: true };
    expect(pick(old('a', 5), old('b', 5))).toBe('a');
    expect(pick(old('b', 5), old('a', 5))).toBe('a');
    expect(pick(old('a', 5, decided), old('b', 5))).toBe('b');
    expect(pick(old('b', 5), old('a', 5, decided))).toBe('b');
    expect(pick(old('b', 5, decided), old('a', 5, decided))).toBe('a');
  });
});

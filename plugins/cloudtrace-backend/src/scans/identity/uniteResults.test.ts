import type { KeyedFinding } from './KeyedScan';
import { uniteResults } from './uniteResults';

const at = (startLine: number) => ({ location: { path: 'a.js', startLine } });

const result = (more: Partial<KeyedFinding> = {}): KeyedFinding => ({
  ruleId: 'eval',
  title: 'Do not use eval',
  severity: 'medium',
  cves: [],
  cwes: [],
  links: [],
  keys: { own: [], place: [], weakness: [], advisory: [] },
  former: [],
  legacy: [],
  occurrences: [],
  occurrenceCount: 0,
  ...more,
});

describe('uniteResults', () => {
  it('returns a single result as it is', () => {
    const one = result({ occurrences: [at(1), at(1)], occurrenceCount: 9 });
    expect(uniteResults([one])).toBe(one);
  });

  it('describes the finding by the worst result, wherever it is', () => {
    const worst = result({ title: 'worst', severity: 'critical' });
    const others = [result(), result({ title: 'low', severity: 'low' })];
    for (const results of [
      [worst, ...others],
      [...others, worst],
      [others[0], worst, others[1]],
    ]) {
      expect(uniteResults(results)).toMatchObject({
        title: 'worst',
        severity: 'critical',
      });
    }
  });

  it('describes the finding by the first of equally bad results', () => {
    const results = [result({ title: 'first' }), result({ title: 'second' })];
    expect(uniteResults(results).title).toBe('first');
  });

  it('collects ids and keys of all results, each once', () => {
    const [one, two] = ['1', '2'].map(n =>
      result({
        cves: ['CVE-0', `CVE-${n}`],
        cwes: ['CWE-0', `CWE-${n}`],
        keys: {
          own: ['o', `o${n}`],
          place: ['p', `p${n}`],
          weakness: ['w', `w${n}`],
          advisory: ['a', `a${n}`],
        },
      }),
    );
    expect(uniteResults([one, two])).toMatchObject({
      cves: ['CVE-0', 'CVE-1', 'CVE-2'],
      cwes: ['CWE-0', 'CWE-1', 'CWE-2'],
      keys: {
        own: ['o', 'o1', 'o2'],
        place: ['p', 'p1', 'p2'],
        weakness: ['w', 'w1', 'w2'],
        advisory: ['a', 'a1', 'a2'],
      },
    });
  });

  it('counts a place once that several results have', () => {
    const united = uniteResults([
      result({ occurrences: [at(1), at(2)], occurrenceCount: 2 }),
      result({ occurrences: [at(2), at(3)], occurrenceCount: 2 }),
    ]);
    expect(united.occurrences).toEqual([at(1), at(2), at(3)]);
    expect(united.occurrenceCount).toBe(3);
  });

  it('keeps 100 places and counts the others too', () => {
    const places = (from: number) =>
      Array.from({ length: 60 }, (_, i) => at(from + i));
    const united = uniteResults([
      result({ occurrences: places(1), occurrenceCount: 70 }),
      result({ occurrences: places(61), occurrenceCount: 65 }),
    ]);
    expect(united.occurrences).toEqual(
      [...places(1), ...places(61)].slice(0, 100),
    );
    expect(united.occurrenceCount).toBe(135);
  });

  it('is suppressed only if every result is', () => {
    const suppression = { kind: 'external', reason: 'test' } as const;
    const suppressed = result({ suppression });
    expect(uniteResults([suppressed, suppressed]).suppression).toEqual(
      suppression,
    );
    expect(uniteResults([suppressed, result()]).suppression).toBeUndefined();
    expect(uniteResults([result(), suppressed]).suppression).toBeUndefined();
  });
});

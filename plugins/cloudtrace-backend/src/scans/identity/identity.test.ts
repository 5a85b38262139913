import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import fc from 'fast-check';
import { assignFindings, type StoredFinding } from './assignFindings';
import type { KeyedFinding } from './KeyedScan';
import { matchLegacy, type LegacyFinding } from './matchLegacy';
import { withKeys } from './withKeys';

/** Stores keys like the tables do. */
class Store {
  readonly findings = new Map<string, StoredFinding>();
  readonly #keys = new Map<string, string>();
  readonly #ambiguous = new Set<string>();
  #count = 0;

  /** Stores a scan and returns the finding of each result. */
  add(results: NormalizedFinding[], tool = 'demo'): Map<string, string> {
    const { findings } = withKeys({ tool, findings: results, cuts: [] });
    const known = new Map<string, StoredFinding>();
    for (const [key, id] of this.#keys) {
      if (!this.#ambiguous.has(key)) known.set(key, this.findings.get(id)!);
    }
    const assigned = assignFindings({
      tool,
      findings,
      known: { findings: known, ambiguous: this.#ambiguous },
      legacy: new Map(),
      createId: () => `f${String(++this.#count).padStart(4, '0')}`,
    });
    assigned.ambiguous.forEach(key => this.#ambiguous.add(key));
    const ids = new Map<string, string>();
    for (const { findingId, results: same } of assigned.findings) {
      const {
        decided = false,
        tools = [],
        rules = [],
      } = this.findings.get(findingId) ?? {};
      this.findings.set(findingId, {
        findingId,
        decided,
        tools: [...tools, tool],
        rules: [...rules, ...same.map(({ ruleId }) => ({ tool, ruleId }))],
      });
      for (const { keys, occurrences } of same) {
        for (const key of Object.values(keys).flat() as string[]) {
          if (!this.#keys.has(key)) this.#keys.set(key, findingId);
        }
        for (const o of occurrences) ids.set(JSON.stringify(o), findingId);
      }
    }
    return ids;
  }

  decide(findingId: string): void {
    const finding = this.findings.get(findingId)!;
    this.findings.set(findingId, { ...finding, decided: true });
  }
}

const result = (
  line: number,
  more: Partial<NormalizedFinding['occurrences'][number]> = {},
  finding: Partial<NormalizedFinding> = {},
): NormalizedFinding => ({
  ruleId: 'eval',
  title: 'do not',
  severity: 'high',
  cves: [],
  cwes: [],
  links: [],
  ...finding,
  occurrences: [{ location: { path: 'e.js', startLine: line }, ...more }],
});
const idAt = (ids: Map<string, string>, line: number) =>
  ids.get(JSON.stringify({ location: { path: 'e.js', startLine: line } }));

describe('assignment of results to findings', () => {
  it('ignores a fingerprint that results with different source text share', () => {
    const store = new Store();
    const at = (lines: number[]) =>
      lines.map(line =>
        result(line, { fingerprint: 'a=1234', snippet: `eval(in${line})` }),
      );
    const first = store.add(at([10, 20, 30]));
    expect(new Set(first.values()).size).toBe(3);
    const second = store.add(at([20, 30]));
    expect(idAt(second, 20)).toBe(idAt(first, 20));
    expect(idAt(second, 30)).toBe(idAt(first, 30));
    // Stored as ambiguous: even alone it is not a fingerprint.
    const third = store.add(at([40]));
    expect([...first.values()]).not.toContain(idAt(third, 40));
  });

  it('accepts a fingerprint of one result when its source text changes', () => {
    const store = new Store();
    const first = store.add([
      result(10, { fingerprint: 'x=1', snippet: 'eval(a)' }),
    ]);
    const second = store.add([
      result(12, { fingerprint: 'x=1', snippet: 'eval( b )' }),
    ]);
    expect(idAt(second, 12)).toBe(idAt(first, 10));
  });

  it('finds the result of a renamed rule by its fingerprint', () => {
    const before = { fingerprint: 'x=1', snippet: 'eval(a)' };
    const after = { fingerprint: 'x=1', snippet: 'eval( b )' };
    const renamed = { ruleId: 'no-eval', formerRuleIds: ['eval'] };
    const scan = (...results: NormalizedFinding[]) => {
      const store = new Store();
      const first = store.add([result(10, before)]);
      return [idAt(first, 10), idAt(store.add(results), 12)];
    };
    const [old, same] = scan(result(12, after, renamed));
    expect(same).toBe(old);
    // A rule that never had the old id does not get its finding.
    const [, other] = scan(result(12, after, { ruleId: 'no-eval' }));
    expect(other).not.toBe(old);
    // Neither does a rule if the old id was split into several.
    const split = { ruleId: 'no-eval-2', formerRuleIds: ['eval'] };
    const [, divided] = scan(
      result(12, after, renamed),
      result(14, after, split),
    );
    expect(divided).not.toBe(old);
  });

  it('makes one finding of results that differ only in their order', () => {
    const { findings } = withKeys({
      tool: 'demo',
      findings: [result(5), result(9), result(9)],
      cuts: [],
    });
    expect(findings).toMatchObject([
      {
        occurrenceCount: 2,
        occurrences: [
          { location: { startLine: 5 } },
          { location: { startLine: 9 } },
        ],
      },
    ]);
  });

  it('keeps a result with several locations when the first one is gone', () => {
    const store = new Store();
    const places = [5, 9].map(startLine => ({
      location: { path: `${startLine}.js`, startLine },
      snippet: `eval(${startLine})`,
    }));
    const first = store.add([{ ...result(1), occurrences: places }]);
    const second = store.add([{ ...result(1), occurrences: [places[1]] }]);
    expect([...second.values()]).toEqual([[...first.values()][0]]);
  });

  it('prefers a finding without a decision to one with a decision', () => {
    const store = new Store();
    const place = (name: string) => ({
      location: { path: name },
      snippet: name,
    });
    const first = store.add(
      ['a', 'b'].map(name => ({ ...result(1), occurrences: [place(name)] })),
    );
    const [a, b] = [...first.values()];
    store.decide(a);
    const both = store.add([
      { ...result(1), occurrences: [place('a'), place('b')] },
    ]);
    expect(new Set(both.values())).toEqual(new Set([b]));
  });

  it('joins the same weakness of different tools, but never two rules of one tool', () => {
    const store = new Store();
    const place = { snippet: 'query("select " + name)' };
    const weak = (ruleId: string) =>
      result(1, place, { ruleId, cwes: ['CWE-89'] });
    const own = store.add([weak('one')], 'tool a');
    expect(idAt(store.add([weak('two')], 'tool a'), 1)).not.toBe(idAt(own, 1));
    expect(idAt(store.add([weak('three')], 'tool b'), 1)).toBe(idAt(own, 1));
  });

  it('never moves a decision to another finding when any results are removed', () => {
    const text = fc.constantFrom(
      undefined,
      'x',
      'eval(a)',
      'eval(b) // long enough',
    );
    const anyResult = fc.record({
      ruleId: fc.constantFrom('r1', 'r2'),
      title: fc.constantFrom('m1', 'm2'),
      cwes: fc.constantFrom<string[]>([], ['CWE-1']),
      cves: fc.constantFrom<string[]>(
        [],
        ['CVE-1-1'],
        ['CVE-1-2'],
        ['CVE-1-1', 'CVE-1-2'],
      ),
      occurrences: fc.array(
        fc.record({
          path: fc.constantFrom('a.js', 'b.js'),
          snippet: text,
          fingerprint: fc.constantFrom(undefined, 'f=1', 'f=2', 'login first'),
          package: fc.constantFrom(undefined, { name: 'p' }, { name: 'q' }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        fc.array(anyResult, { minLength: 1, maxLength: 12 }),
        fc.array(fc.infiniteStream(fc.boolean()), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.infiniteStream(fc.boolean()),
        (raw, rounds, decisions) => {
          let line = 0;
          const all = raw.map(item => ({
            ...result(1),
            ...item,
            occurrences: item.occurrences.map(({ path, ...o }) => ({
              ...o,
              location: { path, startLine: ++line },
            })),
          }));
          const store = new Store();
          const before = store.add(all);
          for (const id of store.findings.keys()) {
            if (decisions.next().value) store.decide(id);
          }
          for (const keeps of rounds) {
            const kept = all.filter(() => keeps.next().value).reverse();
            for (const [place, id] of store.add(kept)) {
              expect([place, id]).toEqual([place, before.get(place)]);
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('findings of older versions', () => {
  const old = (line: number, decided = false): LegacyFinding => ({
    findingId: `old ${line}`,
    decided,
    tools: [],
    base: 'b',
    line,
  });
  const now = (...lines: number[]) =>
    ({ legacy: lines.map(line => ({ base: 'b', line })) } as KeyedFinding);
  const match = (results: KeyedFinding[], stored: LegacyFinding[]) => {
    const matches = matchLegacy(results, stored);
    return results.map(item => matches.get(item)?.findingId);
  };

  it.each([
    ['one that moved', [now(7)], [old(5)], ['old 5']],
    [
      'each on its line',
      [now(20), now(30)],
      [old(10), old(20), old(30)],
      ['old 20', 'old 30'],
    ],
    [
      'none if lines have moved',
      [now(19), now(30)],
      [old(10), old(20), old(30)],
      [undefined, undefined],
    ],
    [
      'one without a decision if several became one',
      [now(10, 20)],
      [old(10, true), old(20)],
      ['old 20'],
    ],
  ])('are found again: %s', (_, results, stored, expected) => {
    expect(match(results, stored)).toEqual(expected);
  });
});

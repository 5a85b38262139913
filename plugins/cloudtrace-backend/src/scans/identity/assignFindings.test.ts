import { assignFindings, type StoredFinding } from './assignFindings';
import type { FindingKeys, KeyedFinding } from './KeyedScan';

const result = (
  title: string,
  keys: Partial<FindingKeys>,
  former: KeyedFinding['former'] = [],
): KeyedFinding => ({
  ruleId: 'eval',
  title,
  severity: 'medium',
  cves: [],
  cwes: [],
  links: [],
  keys: { own: [title], place: [], weakness: [], advisory: [], ...keys },
  former,
  legacy: [],
  occurrences: [],
  occurrenceCount: 0,
});
const stored = (
  findingId: string,
  more: Partial<StoredFinding> = {},
): StoredFinding => ({ findingId, decided: false, tools: [], ...more });
const decided = (findingId: string) => stored(findingId, { decided: true });

/** `new` finding ids, and the titles of the results that they have. */
function assign(
  findings: KeyedFinding[],
  {
    known = {},
    ambiguous = [],
    legacy = [],
  }: {
    known?: Record<string, StoredFinding>;
    ambiguous?: string[];
    legacy?: [KeyedFinding, StoredFinding][];
  } = {},
) {
  let count = 0;
  const assignment = assignFindings({
    tool: 'demo',
    findings,
    known: {
      findings: new Map(Object.entries(known)),
      ambiguous: new Set(ambiguous),
    },
    legacy: new Map(legacy),
    createId: () => `new ${++count}`,
  });
  return {
    ambiguous: assignment.ambiguous,
    findings: assignment.findings.map(({ findingId, isNew, results }) => [
      findingId,
      isNew,
      results.map(({ title }) => title).join(' '),
    ]),
  };
}
const findingOf = (...options: Parameters<typeof assign>) =>
  assign(...options).findings[0][0];

describe('assignFindings', () => {
  it('creates a finding for each unknown result', () => {
    expect(assign([result('a', {}), result('b', {})])).toEqual({
      ambiguous: [],
      findings: [
        ['new 1', true, 'a'],
        ['new 2', true, 'b'],
      ],
    });
  });

  it('tries the complete key, the ids, the older name, then a part', () => {
    const one = result('a', {
      own: ['own'],
      advisory: ['advisory'],
      place: ['place'],
      weakness: ['weakness'],
    });
    const known = {
      own: stored('by own'),
      advisory: stored('by advisory'),
      place: stored('by place'),
      weakness: stored('by weakness'),
    };
    const legacy: [KeyedFinding, StoredFinding][] = [
      [one, stored('by legacy')],
    ];
    expect(assign([one], { known, legacy }).findings).toEqual([
      ['by own', false, 'a'],
    ]);
    const { own, ...withoutOwn } = known;
    expect(findingOf([one], { known: withoutOwn, legacy })).toBe('by advisory');
    expect(
      findingOf([one], { known: withoutOwn, legacy: [[one, decided('kept')]] }),
    ).toBe('kept');
    const { advisory, ...parts } = withoutOwn;
    expect(findingOf([one], { known: parts, legacy })).toBe('by legacy');
    expect(findingOf([one], { known: parts })).toBe('by place');
    const { place, ...weak } = parts;
    expect(findingOf([one], { known: weak })).toBe('by weakness');
    expect(findingOf([one])).toBe('new 1');
  });

  it('prefers a finding without a decision, then the lower id', () => {
    const one = result('a', { own: ['k1', 'k2'] });
    const pick = (k1: StoredFinding, k2: StoredFinding) =>
      findingOf([one], { known: { k1, k2 } });
    expect(pick(stored('x'), stored('y'))).toBe('x');
    expect(pick(stored('y'), stored('x'))).toBe('x');
    expect(pick(decided('x'), stored('y'))).toBe('y');
    expect(pick(stored('y'), decided('x'))).toBe('y');
    expect(pick(decided('y'), decided('x'))).toBe('x');
  });

  it.each(['place', 'weakness'] as const)(
    'ignores a partial key (%s) that several results share, now or earlier',
    kind => {
      const known = { shared: stored('old') };
      const one = result('a', { [kind]: ['shared'] });
      const two = result('b', { [kind]: ['shared'] });
      expect(assign([one], { known })).toEqual({
        ambiguous: [],
        findings: [['old', false, 'a']],
      });
      expect(findingOf([one], { known, ambiguous: ['shared'] })).toBe('new 1');
      expect(assign([one, two], { known })).toEqual({
        ambiguous: ['shared'],
        findings: [
          ['new 1', true, 'a'],
          ['new 2', true, 'b'],
        ],
      });
    },
  );

  it('joins a weakness only with findings of other tools', () => {
    const one = result('a', { weakness: ['weak'] });
    const of = (...tools: string[]) =>
      findingOf([one], { known: { weak: stored('old', { tools }) } });
    expect(of('other')).toBe('old');
    expect(of('other', 'demo')).toBe('new 1');
  });

  it('makes one finding of unknown results that share an id, directly or not', () => {
    const [a, b, c, d] = [
      result('a', { advisory: ['1'] }),
      result('b', { advisory: ['2'] }),
      result('c', { advisory: ['1', '2'] }),
      result('d', { advisory: ['2'] }),
    ];
    const titles = (...findings: KeyedFinding[]) =>
      assign(findings).findings.map(([, isNew, of]) => [
        isNew,
        String(of).split(' ').sort().join(' '),
      ]);
    expect(titles(a, b)).toEqual([
      [true, 'a'],
      [true, 'b'],
    ]);
    expect(titles(a, b, c, d)).toEqual([[true, 'a b c d']]);
    expect(titles(c, a, d, b)).toEqual([[true, 'a b c d']]);
    expect(titles(a, b, c, result('e', {}), d)).toEqual([
      [true, 'a b c d'],
      [true, 'e'],
    ]);
    // A key of a joined result that the joining one does not have.
    const wide = result('b', { advisory: ['2', '3'] });
    const far = result('g', { advisory: ['3'] });
    expect(titles(a, wide, c, far)).toEqual([[true, 'a b c g']]);
    const same = result('f', { own: ['a'] });
    expect(titles(a, same)).toEqual([[true, 'a f']]);
  });

  it('adds an unknown result to the finding of a known one that shares an id', () => {
    const found = result('a', { own: ['own'], advisory: ['1'] });
    const other = result('b', { advisory: ['1'] });
    for (const findings of [
      [found, other],
      [other, found],
    ]) {
      expect(
        assign(findings, { known: { own: stored('old') } }).findings,
      ).toEqual([['old', false, 'a b']]);
    }
    const sameOwn = result('c', { own: ['own', 'own 2'] });
    const third = result('d', { own: ['own 2'] });
    expect(
      assign([sameOwn, third], { known: { own: stored('old') } }).findings,
    ).toEqual([['old', false, 'c d']]);
  });

  it('adds an unknown result to the lower id of several findings', () => {
    const of = (first: string, second: string) =>
      assign(
        [
          result('a', { own: ['own 1'], advisory: ['1'] }),
          result('b', { own: ['own 2'], advisory: ['1'] }),
          result('c', { advisory: ['1'] }),
        ],
        { known: { 'own 1': stored(first), 'own 2': stored(second) } },
      ).findings;
    expect(of('x', 'y')).toEqual([
      ['x', false, 'a c'],
      ['y', false, 'b'],
    ]);
    expect(of('y', 'x')).toEqual([
      ['y', false, 'a'],
      ['x', false, 'b c'],
    ]);
  });
});

describe('results of a renamed rule', () => {
  const former = (...keys: string[]) => [{ ruleId: 'old rule', keys }];
  const renamed = result('a', {}, former('key'));
  const by = (...rules: StoredFinding['rules'] & {}) => ({
    known: { key: stored('old', { rules }) },
  });
  const own = { tool: 'demo', ruleId: 'old rule' };

  it('continue the finding of the old rule', () => {
    expect(findingOf([renamed], by(own))).toBe('old');
    // What other tools report does not matter.
    expect(
      findingOf([renamed], by(own, { tool: 'other', ruleId: 'theirs' })),
    ).toBe('old');
  });

  it.each<[string, StoredFinding['rules'] & {}]>([
    ['that no rule reported', []],
    ['of another tool', [{ tool: 'other', ruleId: 'old rule' }]],
    ['of another rule', [{ tool: 'demo', ruleId: 'other rule' }]],
    ['of two rules', [own, { tool: 'demo', ruleId: 'other rule' }]],
  ])('do not continue a finding %s', (_, rules) => {
    expect(findingOf([renamed], by(...rules))).toBe('new 1');
  });

  it('do not continue a finding whose rules are unknown', () => {
    expect(findingOf([renamed], { known: { key: stored('old') } })).toBe(
      'new 1',
    );
  });

  it('do not continue a finding that the old rule still reports', () => {
    for (const keys of [{ own: ['key'] }, { own: ['x'], place: ['key'] }]) {
      const current = result('b', keys);
      const { findings } = assign([renamed, current], by(own));
      expect(findings.find(([, , of]) => of === 'a')).toEqual([
        'new 1',
        true,
        'a',
      ]);
    }
  });

  it('do not continue a finding if the rule was split', () => {
    const other = result('b', {}, former('key'));
    expect(assign([renamed, other], by(own)).findings).toEqual([
      ['new 1', true, 'a'],
      ['new 2', true, 'b'],
    ]);
  });

  it('continue a finding that two former ids of one rule name', () => {
    const twice = result('a', {}, [
      ...former('key'),
      { ruleId: 'older rule', keys: ['key'] },
    ]);
    expect(findingOf([twice], by(own))).toBe('old');
  });

  it('do not continue a finding by a key that several findings had', () => {
    expect(findingOf([renamed], { ...by(own), ambiguous: ['key'] })).toBe(
      'new 1',
    );
  });
});

import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import { createHash } from 'node:crypto';
import { formerNamesOf, keysOf, legacyKey, legacyNameOf } from './keysOf';

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');
const key = (...parts: string[]) => sha256(JSON.stringify(parts));

const finding = (more: Partial<NormalizedFinding> = {}): NormalizedFinding => ({
  ruleId: 'eval',
  title: 'Do not use eval',
  severity: 'high',
  cves: [],
  cwes: [],
  links: [],
  occurrences: [],
  ...more,
});
const MESSAGE = 'Do not use eval\n';
const place = { location: { path: 'a.js', startLine: 7 } };
const SOURCE = 'eval(request.x);';

describe('keysOf', () => {
  it('returns the same keys as earlier versions, which are stored', () => {
    const { own } = keysOf('demo', finding({ occurrences: [place] }));
    // By `printf '["code",…]' | sha256sum`.
    expect(own).toEqual([
      'eb62f256cb08982a7a3ac158174bc2580deb53e5f69ca6cd86e93cc9a1a77b0e',
    ]);
  });

  it('identifies a place in code by everything that the tool reports but its line', () => {
    const keys = keysOf(
      'demo',
      finding({
        description: 'It runs text',
        cwes: ['CWE-95'],
        occurrences: [
          { ...place, fingerprint: ' x=1 ', snippet: '\n eval(request.x);\t ' },
        ],
      }),
    );
    expect(keys).toEqual({
      own: [
        key(
          ...['code', 'demo', 'eval', 'a.js', 'x=1', SOURCE],
          'Do not use eval\nIt runs text',
        ),
      ],
      place: [
        key('fingerprint', 'demo', 'eval', 'a.js', 'x=1'),
        key('source', 'demo', 'eval', 'a.js', SOURCE),
      ],
      weakness: [key('weakness', 'CWE-95', 'a.js', SOURCE)],
      advisory: [],
    });
  });

  it.each([
    ['without source text', undefined, ['CWE-95'], 0],
    ['with 15 letters of source text', SOURCE.slice(1), ['CWE-95'], 0],
    ['with 16 letters of source text', SOURCE, ['CWE-95'], 1],
    ['with two weaknesses', SOURCE, ['CWE-95', 'CWE-94'], 0],
    ['with no weakness', SOURCE, [], 0],
  ])('joins a result %s with %d', (_, snippet, cwes, count) => {
    const occurrences = [{ ...place, snippet }];
    const { weakness } = keysOf('demo', finding({ cwes, occurrences }));
    expect(weakness).toHaveLength(count);
  });

  it('reduces any white space in source text to one space', () => {
    const ownOf = (snippet: string) =>
      keysOf('demo', finding({ occurrences: [{ ...place, snippet }] })).own;
    expect(ownOf('a \n\t b')).toEqual(ownOf('a b'));
    expect(ownOf('ab')).not.toEqual(ownOf('a b'));
  });

  it('has no partial keys without fingerprint and source text', () => {
    const occurrences = [
      { ...place, fingerprint: 'login first', snippet: ' ' },
    ];
    expect(keysOf('demo', finding({ occurrences }))).toEqual({
      own: [key('code', 'demo', 'eval', 'a.js', '', '', MESSAGE)],
      place: [],
      weakness: [],
      advisory: [],
    });
  });

  it('identifies a finding without a place by its rule and message', () => {
    const nowhere = [key('code', 'demo', 'eval', '', '', '', MESSAGE)];
    expect(keysOf('demo', finding()).own).toEqual(nowhere);
    expect(keysOf('demo', finding({ occurrences: [{}] })).own).toEqual(nowhere);
  });

  it('identifies a target if there is no path', () => {
    expect(
      keysOf('demo', finding({ occurrences: [{ target: 'bucket' }] })).own,
    ).toEqual([key('code', 'demo', 'eval', 'bucket', '', '', MESSAGE)]);
  });

  it('has the same complete keys in any order of places', () => {
    const paths = ['a', 'b', 'c', 'd', 'a'];
    const ownOf = (names: string[]) =>
      keysOf(
        'demo',
        finding({ occurrences: names.map(path => ({ location: { path } })) }),
      ).own;
    const own = ownOf(paths);
    expect(own).toHaveLength(4);
    expect(ownOf([...paths].reverse())).toEqual(own);
  });

  it('identifies a vulnerability by each id with its package', () => {
    const occurrences = [
      { target: 'package-lock.json' },
      { package: { name: 'left-pad', ecosystem: 'yarn', version: '1.0.0' } },
    ];
    const ids = { cves: ['CVE-2026-1', 'CVE-2026-2'], aliases: ['CVE-2026-1'] };
    expect(
      keysOf('demo', finding({ ruleId: 'GHSA-1', ...ids, occurrences })),
    ).toEqual({
      own: [key('own-vulnerability', 'demo', 'GHSA-1', 'npm', 'left-pad')],
      advisory: [
        key('vulnerability', 'CVE-2026-1', 'npm', 'left-pad'),
        key('vulnerability', 'CVE-2026-2', 'npm', 'left-pad'),
      ],
      place: [],
      weakness: [],
    });
  });

  it('identifies a vulnerability without ids by its rule', () => {
    const occurrences = [{ package: { name: 'left-pad' } }];
    expect(keysOf('demo', finding({ occurrences })).advisory).toEqual([
      key('vulnerability', 'eval', '', 'left-pad'),
    ]);
  });
});

describe('formerNamesOf', () => {
  it('returns the keys under each deprecated id of the rule', () => {
    const renamed = finding({
      ruleId: 'no-eval',
      formerRuleIds: ['eval', 'eval', 'no-eval'],
      occurrences: [{ ...place, fingerprint: 'x=1' }],
    });
    expect(formerNamesOf('demo', renamed)).toEqual([
      {
        ruleId: 'eval',
        keys: [
          key('code', 'demo', 'eval', 'a.js', 'x=1', '', MESSAGE),
          key('fingerprint', 'demo', 'eval', 'a.js', 'x=1'),
        ],
      },
    ]);
  });

  it('returns none if the rule was never renamed', () => {
    expect(formerNamesOf('demo', finding())).toEqual([]);
  });
});

describe('names of versions before occurrences', () => {
  it.each([
    ['fingerprint', { fingerprint: 'x=1', snippet: 'eval(a)' }, 'x=1'],
    ['source text', { snippet: ' eval(  a ) ' }, 'eval( a )'],
    ['message', {}, MESSAGE],
  ])('name a place by its %s', (_, more, name) => {
    expect(
      legacyNameOf('demo', finding({ occurrences: [{ ...place, ...more }] })),
    ).toEqual({
      base: JSON.stringify(['code', 'demo', 'eval', 'a.js', name]),
      line: 7,
    });
  });

  it('name a finding without a place', () => {
    expect(legacyNameOf('demo', finding())).toEqual({
      base: JSON.stringify(['code', 'demo', 'eval', '', MESSAGE]),
      line: undefined,
    });
  });

  it('number equal names', () => {
    expect(legacyKey('base', 2)).toBe(sha256('base#2'));
  });
});

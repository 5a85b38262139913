import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import { keysOf } from './keysOf';
import { withKeys } from './withKeys';

const at = (startLine: number, path = 'a.js') => ({
  location: { path, startLine },
});
const result = (more: Partial<NormalizedFinding> = {}): NormalizedFinding => ({
  ruleId: 'eval',
  title: 'Do not use eval',
  severity: 'medium',
  cves: [],
  cwes: [],
  links: [],
  occurrences: [],
  ...more,
});
const read = (...findings: NormalizedFinding[]) =>
  withKeys({ tool: 'demo', findings, cuts: [] }).findings;
const pkg = (name: string, version: string, ecosystem?: string) => ({
  package: { name, version, ecosystem },
});

describe('withKeys', () => {
  it('stores places without their fingerprint and source text', () => {
    const occurrence = { ...at(1), fingerprint: 'x=1', snippet: 'eval(a)' };
    const [finding] = read(
      result({ occurrences: [occurrence, { target: 'bucket' }] }),
    );
    expect(finding.occurrences).toEqual([at(1), { target: 'bucket' }]);
    expect(finding.occurrenceCount).toBe(2);
    expect(finding.keys).toEqual(
      keysOf(
        'demo',
        result({ occurrences: [occurrence, { target: 'bucket' }] }),
      ),
    );
  });

  it('does not count a place that says nothing', () => {
    const [finding] = read(
      result({ occurrences: [{}, { snippet: 'eval(a)' }] }),
    );
    expect(finding).toMatchObject({ occurrences: [], occurrenceCount: 0 });
  });

  it('describes equal results by the worst, wherever it is', () => {
    const [low, high] = [
      result({ severity: 'low', sourceSeverity: '2' }),
      result({ severity: 'high', sourceSeverity: '8' }),
    ];
    const worst = { severity: 'high', sourceSeverity: '8' };
    expect(read(low, high)).toMatchObject([worst]);
    expect(read(high, low)).toMatchObject([worst]);
    const same = result({ severity: 'low', sourceSeverity: '1' });
    expect(read(low, same)).toMatchObject([{ sourceSeverity: '2' }]);
  });

  it('collects the ids of equal results', () => {
    expect(
      read(
        result({ cves: ['CVE-1'], cwes: ['CWE-1'] }),
        result({ cves: ['CVE-2', 'CVE-1'], cwes: ['CWE-2', 'CWE-1'] }),
      ),
    ).toMatchObject([{ cves: ['CVE-1', 'CVE-2'], cwes: ['CWE-1', 'CWE-2'] }]);
  });

  it('is suppressed only if every equal result is', () => {
    const suppression = { kind: 'in-source', reason: 'test' } as const;
    const suppressed = result({ suppression });
    const of = (...findings: NormalizedFinding[]) =>
      read(...findings).map(finding => finding.suppression);
    expect(of(suppressed, suppressed)).toEqual([suppression]);
    expect(of(suppressed, result())).toEqual([undefined]);
    expect(of(result(), suppressed)).toEqual([undefined]);
  });

  it('keeps 100 places and 100 older names, and counts every place', () => {
    const [finding] = read(
      ...Array.from({ length: 120 }, (_, i) =>
        result({ occurrences: [at(i + 1)] }),
      ),
    );
    expect(finding.occurrenceCount).toBe(120);
    const first = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(finding.occurrences).toEqual(first.map(line => at(line)));
    expect(finding.legacy.map(({ line }) => line)).toEqual(first);
  });

  it('has the location and the package of the first place that has one', () => {
    const occurrences = [
      { target: 'lock file' },
      pkg('left-pad', '1.0.0'),
      at(5),
      at(6),
      pkg('left-pad', '2.0.0'),
    ];
    expect(read(result({ occurrences }))).toMatchObject([
      { location: at(5).location, package: { version: '1.0.0' } },
    ]);
    expect(read(result())).toMatchObject([
      { location: undefined, package: undefined },
    ]);
  });

  it('makes a finding for each package', () => {
    const findings = read(
      result({
        occurrences: [
          pkg('left-pad', '1.0.0', 'yarn'),
          at(5),
          pkg('left-pad', '1.0.0', 'pip'),
          pkg('left-pad', '2.0.0', 'npm'),
          pkg('right-pad', '1.0.0', 'npm'),
        ],
      }),
    );
    expect(findings.map(finding => finding.occurrences)).toEqual([
      [
        pkg('left-pad', '1.0.0', 'yarn'),
        pkg('left-pad', '2.0.0', 'npm'),
        at(5),
      ],
      [pkg('left-pad', '1.0.0', 'pip')],
      [pkg('right-pad', '1.0.0', 'npm')],
    ]);
  });

  it('separates two packages', () => {
    const occurrences = [pkg('left-pad', '1.0.0'), pkg('right-pad', '1.0.0')];
    expect(
      read(result({ occurrences })).map(finding => finding.occurrences),
    ).toEqual(occurrences.map(occurrence => [occurrence]));
  });

  it('keeps the former and older names, and drops what is not stored', () => {
    const occurrences = [{ ...at(5), fingerprint: 'x=1' }];
    const [finding] = read(
      result({ ruleId: 'no-eval', formerRuleIds: ['eval'], occurrences }),
    );
    const { own, place } = keysOf('demo', result({ occurrences }));
    expect(finding.former).toEqual([
      { ruleId: 'eval', keys: [...own, ...place] },
    ]);
    expect(finding.legacy).toEqual([
      {
        base: JSON.stringify(['code', 'demo', 'no-eval', 'a.js', 'x=1']),
        line: 5,
      },
    ]);
    expect(finding).not.toHaveProperty('formerRuleIds');
  });

  it('keeps everything else of the scan', () => {
    const scan = { tool: 'demo', findings: [], cuts: [], category: 'nightly' };
    expect(withKeys(scan)).toEqual(scan);
  });
});

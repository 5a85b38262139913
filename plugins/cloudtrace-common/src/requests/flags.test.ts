import { flagGroups, type FlagInput } from '.';

function load(requests: number, fairRequests: number, steps = 60) {
  return {
    ...{ key: '', requests, fairRequests, steps, otherRequests: 0 },
    totalRequests: 3 * fairRequests,
    ratio: requests / fairRequests,
  };
}

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
    load: load(1000, 1000),
    latency: {
      servedMs: 3_600_000,
      requests: 1000,
      p95Ms: 40,
      others: { requests: 2000, p95Ms: 40 },
    },
    others: { requests: 2000, errors: 2 },
  };
  const slowly = (p95Ms: number, odd: object = {}): Partial<FlagInput> => ({
    latency: { ...usual.latency, p95Ms, ...odd },
  });
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

  it('does not flag an ordinary group', () => {
    expect(flagsOf({})).toEqual([]);
  });

  it.each<[string, Partial<FlagInput>, object]>([
    [
      'hot',
      { load: load(1600, 1000) },
      { kind: 'hot', severity: 'warning', unit: '1' },
    ],
    [
      'cold',
      { load: load(300, 1000) },
      { kind: 'cold', severity: 'warning', unit: '1' },
    ],
    [
      'slow',
      slowly(130),
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

  it('does not mistake chance for a difference', () => {
    expect(
      flagsOf({
        requests: 4,
        load: load(9, 6),
      }),
    ).toEqual([]);
    expect(flagsOf({ requests: 20, errors: 4 })).toEqual([]);
    expect(flagsOf(slowly(500, { requests: 90 }))).toEqual([]);
    expect(flagsOf(slowly(48))).toEqual([]);
  });

  it('does not flag an instance launched 18 s ago', () => {
    expect(
      flagsOf({
        requests: 70,
        // The first requests of a cold process, all in the step in which it appeared.
        p95Ms: 280,
        firstSeenAt: new Date('2026-01-01T10:58:42Z'),
        load: { ...load(0, 0, 0), otherRequests: 70, ratio: 1 },
        latency: { servedMs: 0, requests: 0, others: { requests: 0 } },
        others: { requests: 600, errors: 0 },
      }).map(({ kind }) => kind),
    ).toEqual(['new']);
    expect(flagsOf({ load: load(100, 300, 2) })).toEqual([]);
    expect(flagsOf(slowly(500, { servedMs: 120_000 }))).toEqual([]);
  });

  it("compares with the others during the group's own time", () => {
    // Both were slow and failed at that time; over the whole range the others did not.
    expect(
      flagsOf({
        errors: 200,
        ...slowly(400, { others: { requests: 500, p95Ms: 380 } }),
        others: { requests: 500, errors: 120 },
      }),
    ).toEqual([]);
    const [alone] = flagsOf({
      errors: 200,
      others: { requests: 3, errors: 0 },
    });
    expect(alone).toMatchObject({ kind: 'failing', value: 0.2 });
    expect(alone).not.toHaveProperty('reference');
  });

  it('describes a group that is gone in the past, and as less urgent', () => {
    const gone = '2026-01-01T10:41:00.000Z';
    expect(
      flagsOf({
        ...slowly(130),
        errors: 300,
        load: load(2500, 1000),
        lastSeenAt: new Date('2026-01-01T10:40:00Z'),
      }),
    ).toEqual([
      expect.objectContaining({
        kind: 'failing',
        severity: 'warning',
        until: gone,
      }),
      expect.objectContaining({ kind: 'slow', severity: 'info', until: gone }),
      expect.objectContaining({ kind: 'hot', severity: 'info', until: gone }),
      { kind: 'silent', severity: 'info', since: gone },
    ]);
  });

  it('compares groups with different work with their own past', () => {
    expect(flagsOf({ p95Ms: 400 }, false)).toEqual([]);
    expect(
      flagsOf(
        { p95Ms: 400, previous: { requests: 900, p95Ms: 100 } },
        false,
      ).map(({ kind }) => kind),
    ).toEqual(['slow']);
  });
});

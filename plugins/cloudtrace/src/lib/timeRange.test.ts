import {
  paceOf,
  formatRange,
  MIN_RANGE_MS,
  parseRange,
  resolveRange,
  zoomRange,
} from './timeRange';

describe('timeRange', () => {
  it.each([
    { kind: 'relative', preset: '15m' } as const,
    {
      kind: 'absolute',
      fromMs: 1_700_000_000_000,
      toMs: 1_700_000_600_500,
    } as const,
  ])('round-trips through the URL: %j', range => {
    expect(parseRange(formatRange(range))).toEqual(range);
  });

  it.each([
    null,
    '',
    '2h',
    'toString',
    'a~b',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z~2026-01-01T00:00:00Z',
    '2026-01-02T00:00:00Z~2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z~2026-01-02T00:00:00Z~x',
  ])('rejects %p', value => {
    expect(parseRange(value)).toBeUndefined();
  });

  it('moves a relative range with the clock and keeps a fixed one', () => {
    expect(resolveRange({ kind: 'relative', preset: '1h' }, 7_200_000)).toEqual(
      {
        fromMs: 3_600_000,
        toMs: 7_200_000,
      },
    );
    expect(
      resolveRange({ kind: 'absolute', fromMs: 1, toMs: 2 }, 7_200_000),
    ).toEqual({ fromMs: 1, toMs: 2 });
  });

  it('zooms in either direction and never below a minute', () => {
    expect(zoomRange(600_400, 120_900)).toEqual({
      kind: 'absolute',
      fromMs: 120_000,
      toMs: 601_000,
    });
    const narrow = zoomRange(1_000_000, 1_001_000);
    expect(narrow.kind === 'absolute' && narrow.toMs - narrow.fromMs).toBe(
      MIN_RANGE_MS,
    );
  });

  it('shows a new request within five seconds on short ranges', () => {
    expect(
      paceOf({ kind: 'relative', preset: '1h' }).minGapMs,
    ).toBeLessThanOrEqual(5_000);
    expect(
      paceOf({ kind: 'relative', preset: '30d' }).minGapMs,
    ).toBeGreaterThan(15_000);
  });
});

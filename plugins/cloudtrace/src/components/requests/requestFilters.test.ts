import { mergeBuckets } from './mergeBuckets';
import { countFilters, readFilters, toQuery } from './requestFilters';

describe('request filters', () => {
  it('reads values that the API accepts and drops others', () => {
    const filters = readFilters(
      new URLSearchParams(
        'status=5xx&status=404&status=abc&instance=i-1&instance=i-2&min=20&max=-1&trace=zz&errors=only',
      ),
    );
    expect(toQuery(filters)).toEqual({
      status: ['5xx', '404'],
      instance: ['i-1', 'i-2'],
      zone: [],
      route: [],
      method: [],
      errorsOnly: true,
      minDurationMs: 20,
      maxDurationMs: undefined,
      traceId: undefined,
    });
    expect(countFilters(filters)).toBe(4);
  });

  it('reads a trace id in any case', () => {
    const traceId = 'ABCDEF0123456789abcdef0123456789';
    expect(readFilters(new URLSearchParams({ trace: traceId })).traceId).toBe(
      traceId.toLowerCase(),
    );
  });
});

describe('mergeBuckets', () => {
  it('merges adjacent buckets without losing a request', () => {
    const buckets = Array.from({ length: 7 }, (_, i) => ({
      fromMs: i,
      toMs: i + 1,
      requests: i,
      errors: 1,
    }));
    const merged = mergeBuckets(buckets, 3);
    expect(merged).toEqual([
      { fromMs: 0, toMs: 3, requests: 3, errors: 3 },
      { fromMs: 3, toMs: 6, requests: 12, errors: 3 },
      { fromMs: 6, toMs: 7, requests: 6, errors: 1 },
    ]);
    expect(mergeBuckets([], 3)).toEqual([]);
  });
});

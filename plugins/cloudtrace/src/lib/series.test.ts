import { alignGroups } from './series';
import { stepValues } from './steps';

const steps = ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'];
const group = (key: string, requests: number[]) => ({
  key,
  label: key,
  series: requests.flatMap((value, i) =>
    value ? [{ t: steps[i].replace('Z', '.000Z'), requests: value }] : [],
  ),
});

describe('alignGroups', () => {
  it('fills steps without a point according to the meaning of a missing point', () => {
    const options = {
      groups: [group('b', [0, 4]), group('a', [3, 0])],
      steps,
      value: (point: { t: string; requests: number }) => point.requests,
    };
    const counts = alignGroups({ ...options, missing: 0 });
    expect(counts.series).toEqual([
      { key: 'a', label: 'a', values: [3, 0] },
      { key: 'b', label: 'b', values: [0, 4] },
    ]);
    expect(counts.timesMs).toEqual(steps.map(Date.parse));
    expect(alignGroups({ ...options, missing: null }).series[0].values).toEqual(
      [3, null],
    );
  });

  it('sums up the smallest groups beyond the limit', () => {
    const { series, other } = alignGroups({
      groups: [
        group('a', [1, 1]),
        group('b', [9, 9]),
        group('c', [5, 0]),
        group('d', [2, 2]),
      ],
      steps,
      value: point => point.requests,
      missing: 0,
      limit: 3,
    });
    expect(series.map(item => item.key)).toEqual(['b', 'c']);
    expect(other).toEqual({ values: [3, 3], labels: ['d', 'a'] });
  });
});

describe('stepValues', () => {
  it('orders points and keeps absent fields unknown', () => {
    expect(
      stepValues(
        [
          { t: steps[1], desired: 4, healthy: 3 },
          { t: steps[0], healthy: 2 } as {
            t: string;
            healthy: number;
            desired?: number;
          },
        ],
        ['healthy', 'desired'],
      ),
    ).toEqual({
      timesMs: steps.map(Date.parse),
      values: { healthy: [2, 3], desired: [null, 4] },
    });
  });
});

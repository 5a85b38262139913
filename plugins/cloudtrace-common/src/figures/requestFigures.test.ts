import { DurationHistogram } from '../histogram';
import {
  activeTime,
  errorRateOf,
  percentileMs,
  requestRate,
} from './requestFigures';

describe('request figures', () => {
  it('count the time from the first request ever until now', () => {
    const range = { fromMs: 0, toMs: 3_600_000, nowMs: 3_000_000 };
    expect(activeTime({ ...range, firstRequestMs: 600_000 })).toEqual({
      fromMs: 600_000,
      toMs: 3_000_000,
      durationMs: 2_400_000,
    });
    expect(activeTime({ ...range, firstRequestMs: -1 }).durationMs).toBe(
      3_000_000,
    );
    expect(activeTime({ ...range, firstRequestMs: undefined }).durationMs).toBe(
      0,
    );
  });

  it('have no rate without time and no error rate without requests', () => {
    expect(requestRate(0, 0)).toBe(0);
    expect(requestRate(120, 60_000)).toBe(2);
    expect(errorRateOf({ requests: 0, errors: 0 })).toBeUndefined();
  });

  it('never return a percentile above the longest duration', () => {
    const durations = new DurationHistogram();
    expect(percentileMs(durations, 0.95)).toBeUndefined();
    durations.add(99_000);
    const unbounded = percentileMs(durations, 0.95)!;
    expect(percentileMs(durations, 0.95, 99_000)).toBe(Math.min(unbounded, 99));
  });
});

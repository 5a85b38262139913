import { rangeSteps } from './rangeSteps';

const at = (minute: number) => new Date(minute * 60_000).toISOString();

describe('rangeSteps', () => {
  const answer = { from: at(0), stepMs: 60_000 };

  it('adds the steps before the first request ever', () => {
    const series = [{ t: at(2) }, { t: at(3) }];
    expect(rangeSteps({ ...answer, series })).toEqual([0, 1, 2, 3].map(at));
  });

  it('adds nothing to a range that is known from its start, or unknown', () => {
    const series = [{ t: at(0) }, { t: at(1) }];
    expect(rangeSteps({ ...answer, series })).toEqual([0, 1].map(at));
    expect(rangeSteps({ ...answer, series: [] })).toEqual([]);
  });
});

import { holdSteps } from './holdSteps';

describe('holdSteps', () => {
  it('draws a step up to the beginning of a gap', () => {
    const timesMs = [0, 100, 200];
    const desired = { values: [4, 4, 4], step: true };
    const healthy = { values: [3, null, 2], step: true };
    expect(holdSteps(timesMs, [healthy, desired])).toEqual({
      timesMs: [0, 99, 100, 200],
      series: [
        { values: [3, 3, null, 2], step: true },
        { values: [4, 4, 4, 4], step: true },
      ],
    });
  });

  it('changes nothing without a gap, or for series without steps', () => {
    const series = [{ values: [1, null] }, { values: [1, 2], step: true }];
    expect(holdSteps([0, 100], series)).toEqual({ timesMs: [0, 100], series });
  });
});

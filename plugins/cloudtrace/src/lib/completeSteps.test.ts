import { completeSteps } from './completeSteps';

const points = [0, 60_000, 120_000].map(ms => ({
  t: new Date(ms).toISOString(),
}));

describe('completeSteps', () => {
  it('drops the unfinished step', () => {
    expect(
      completeSteps(points, 60_000, new Date(150_000).toISOString()),
    ).toEqual(points.slice(0, 2));
  });

  it('keeps all of a range in the past', () => {
    expect(
      completeSteps(points, 60_000, new Date(180_000).toISOString()),
    ).toEqual(points);
  });

  it('recognizes it if the end of the response is rounded up', () => {
    const to = new Date(180_000).toISOString();
    expect(completeSteps(points, 60_000, to, 150_000)).toEqual(
      points.slice(0, 2),
    );
  });

  it('keeps the few steps of a new service', () => {
    const first = points.slice(0, 2);
    expect(
      completeSteps(first, 60_000, new Date(70_000).toISOString()),
    ).toEqual(first);
  });
});

import { render } from '@testing-library/react';
import { Sparkline } from './Sparkline';

const HOUR = { fromMs: 0, toMs: 100_000 };

/** The drawn segments, each as the coordinates of its points. */
function draw(points: Array<[number, number | null]>, stepMs?: number) {
  const { container } = render(
    <Sparkline
      points={points.map(([atMs, value]) => ({ atMs, value }))}
      domain={HOUR}
      stepMs={stepMs}
      color="red"
    />,
  );
  const lines = [...container.querySelectorAll('polyline')].map(line =>
    line
      .getAttribute('points')!
      .split(' ')
      .map(point => point.split(',').map(Number)),
  );
  const mark = container.querySelector('[data-unfinished]');
  return {
    xs: lines.map(line => line.map(([x]) => x)),
    lines,
    unfinishedFrom: mark && Number(mark.getAttribute('x')),
  };
}

describe('Sparkline', () => {
  beforeEach(() => jest.useFakeTimers({ now: 200_000 }));
  afterEach(() => jest.useRealTimers());

  it('leaves a gap where data is unknown instead of a line at zero', () => {
    expect(
      draw(
        [
          [0, null],
          [25_000, null],
          [50_000, 4],
          [75_000, 0],
        ],
        25_000,
      ).xs,
    ).toEqual([[50, 75]]);
    expect(
      draw(
        [
          [0, 3],
          [20_000, 5],
          // The step between them is missing.
          [60_000, 2],
          [80_000, 1],
        ],
        20_000,
      ).xs,
    ).toEqual([
      [0, 20],
      [60, 80],
    ]);
    expect(draw([[0, null]], 1_000).xs).toEqual([]);
  });

  it('shows a single value as a dot', () => {
    expect(draw([[50_000, 7]], 10_000).xs).toEqual([[50, 50]]);
  });

  it('uses a time axis: the width of an outage shows its duration', () => {
    // Three healthy, two for two seconds, three again until the end.
    const { lines } = draw([
      [0, 3],
      [40_000, 2],
      [42_000, 3],
    ]);
    expect(lines).toHaveLength(1);
    expect(lines[0].map(([x]) => x)).toEqual([0, 40, 40, 42, 42, 100, 100]);
    const [top, bottom] = [lines[0][0][1], lines[0][2][1]];
    expect(lines[0].map(([, y]) => y)).toEqual([
      top,
      top,
      bottom,
      bottom,
      top,
      top,
      top,
    ]);
  });

  it('marks the unfinished step instead of drawing a drop', () => {
    jest.setSystemTime(95_000);
    const { xs, unfinishedFrom } = draw(
      [
        [70_000, 9],
        [80_000, 9],
        [90_000, 1],
      ],
      10_000,
    );
    expect(xs).toEqual([[70, 80]]);
    expect(unfinishedFrom).toBe(90);
  });
});

import { render } from '@testing-library/react';
import { Sparkline } from './Sparkline';

/** The stretches that are drawn, each as the places of its points. */
function drawn(values: Array<number | null>) {
  const { container } = render(<Sparkline values={values} color="red" />);
  return [...container.querySelectorAll('polyline')].map(line =>
    line
      .getAttribute('points')!
      .split(' ')
      .map(point => Number(point.split(',')[0])),
  );
}

describe('Sparkline', () => {
  it('leaves a gap where nothing is known instead of a line along zero', () => {
    expect(drawn([null, null, 4, 0, 8])).toEqual([[50, 75, 100]]);
    expect(drawn([3, 5, null, 2, 1])).toEqual([
      [0, 25],
      [75, 100],
    ]);
    expect(drawn([null, null])).toEqual([]);
  });

  it('shows a single value as a dot', () => {
    expect(drawn([null, 7, null])).toEqual([[50, 50]]);
  });
});

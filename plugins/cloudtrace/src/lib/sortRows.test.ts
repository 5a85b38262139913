import { formatRowSort, parseRowSort, sortRows } from './sortRows';

describe('sortRows', () => {
  const rows = [3, undefined, 1, 2];

  it('sorts both ways and keeps unknown values last', () => {
    expect(sortRows(rows, row => row, false)).toEqual([1, 2, 3, undefined]);
    expect(sortRows(rows, row => row, true)).toEqual([3, 2, 1, undefined]);
    expect(sortRows(['b', 'a'], row => row, false)).toEqual(['a', 'b']);
  });

  it.each(['name', '-requests'])('reads %s back from the URL', text => {
    expect(formatRowSort(parseRowSort(text)!)).toBe(text);
  });
});

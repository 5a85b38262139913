import { DuplicateFinder, MAX_SPANS_PER_BODY } from './DuplicateFinder';
import { ROW_BYTES, ROW_OFFSET } from '../../requests/row/requestRow';

/** Rows with the six words of trace and span id. */
function rowsOf(ids: number[][]): DataView {
  const rows = new DataView(new ArrayBuffer(ids.length * ROW_BYTES));
  ids.forEach((words, row) =>
    words.forEach((word, i) => {
      const offset =
        i < 4 ? ROW_OFFSET.traceId + 4 * i : ROW_OFFSET.spanId + 4 * (i - 4);
      rows.setUint32(row * ROW_BYTES + offset, word);
    }),
  );
  return rows;
}

const findDuplicates = (ids: number[][], firstRow = 0) => {
  const finder = new DuplicateFinder();
  finder.start();
  const rows = rowsOf(ids);
  return ids
    .map((_, row) => row)
    .filter(row => row >= firstRow)
    .map(row => finder.isDuplicate(rows, firstRow, row));
};

describe('DuplicateFinder', () => {
  const id = [1, 2, 3, 4, 5, 6];

  it('finds a span with the same trace and span id', () => {
    expect(findDuplicates([id, [...id], id])).toEqual([false, true, true]);
  });

  it.each([0, 1, 2, 3, 4, 5])('compares word %i of the ids', word => {
    const other = id.map((value, i) => (i === word ? value + 1 : value));
    expect(findDuplicates([id, other, other, id])).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('compares with rows of the same body only', () => {
    expect(findDuplicates([id, id, id], 1)).toEqual([false, true]);
    const finder = new DuplicateFinder();
    const rows = rowsOf([id, id]);
    finder.start();
    expect(finder.isDuplicate(rows, 0, 0)).toBe(false);
    finder.start();
    expect(finder.isDuplicate(rows, 1, 1)).toBe(false);
  });

  it('finds each duplicate in the largest body, whatever its hashes', () => {
    const half = Math.floor(MAX_SPANS_PER_BODY / 2);
    const ids = Array.from({ length: half }, (_, i) => [1, 2, 3, 4, 7, i * 64]);
    expect(findDuplicates([...ids, ...ids])).toEqual([
      ...ids.map(() => false),
      ...ids.map(() => true),
    ]);
  });

  it('forgets earlier bodies when its stamps start again', () => {
    const finder = new DuplicateFinder();
    const rows = rowsOf([id]);
    finder.start();
    expect(finder.isDuplicate(rows, 0, 0)).toBe(false);
    // Stamps have 17 bits.
    for (let body = 1; body < 2 ** 17; body += 1) finder.start();
    expect(finder.isDuplicate(rows, 0, 0)).toBe(false);
    expect(finder.isDuplicate(rows, 0, 0)).toBe(true);
  });

  it('finds duplicates after more bodies than a slot has stamps for', () => {
    const finder = new DuplicateFinder();
    const rows = rowsOf([id]);
    for (let body = 0; body < 2 ** 18; body += 1) finder.start();
    expect(finder.isDuplicate(rows, 0, 0)).toBe(false);
    expect(finder.isDuplicate(rows, 0, 0)).toBe(true);
  });
});

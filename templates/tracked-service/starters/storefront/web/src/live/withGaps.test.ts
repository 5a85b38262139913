import { expect, it } from 'vitest';
import { withGaps } from './withGaps';

it('interrupts the line where nothing was measured for long', () => {
  const points = [0, 3_000, 30_000].map(atMs => ({ atMs, value: 1 }));
  expect(withGaps(points, 9_000)).toEqual([
    { atMs: 0, value: 1 },
    { atMs: 3_000, value: 1 },
    { atMs: 3_001, value: null },
    { atMs: 30_000, value: 1 },
  ]);
});

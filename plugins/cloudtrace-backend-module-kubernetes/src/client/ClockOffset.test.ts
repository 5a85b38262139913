import { ClockOffset } from './ClockOffset';

const AT = Date.parse('2026-11-30T12:00:00.900Z');

/** The offset after responses of clocks that are this much ahead of ours. */
function offsetAfter(
  responses: ReadonlyArray<{ aheadMs: number; tookMs?: number }>,
) {
  const offset = new ClockOffset();
  for (const { aheadMs, tookMs = 40 } of responses) {
    const date = new Date(AT + aheadMs).toUTCString();
    offset.note(date, AT - tookMs / 2, AT + tookMs / 2);
  }
  return offset.aheadMs;
}

it.each([-300_000, 300_000])('finds a clock that is %d ms ahead', aheadMs => {
  const found = offsetAfter([{ aheadMs }])!;
  expect(Math.abs(found - aheadMs)).toBeLessThan(1_000);
});

it.each([-4_000, 0, 4_000])(
  'is 0 for a difference of %d ms, whatever the second',
  aheadMs => {
    expect(offsetAfter([{ aheadMs }])).toBe(0);
  },
);

it('does not move with each response', () => {
  const first = offsetAfter([{ aheadMs: 300_000 }]);
  const later = offsetAfter([
    { aheadMs: 300_000 },
    { aheadMs: 301_000 },
    { aheadMs: 297_000, tookMs: 3_000 },
  ]);
  expect(later).toBe(first);
});

it('follows a clock that is set', () => {
  expect(offsetAfter([{ aheadMs: 300_000 }, { aheadMs: 0 }])).toBeCloseTo(
    0,
    -4,
  );
});

it('ignores a slow response and one without a date', () => {
  expect(offsetAfter([{ aheadMs: 300_000, tookMs: 20_000 }])).toBeUndefined();
  const offset = new ClockOffset();
  offset.note(null, AT, AT);
  offset.note('soon', AT, AT);
  expect(offset.aheadMs).toBeUndefined();
});

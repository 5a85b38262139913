import { SlidingCounter } from './SlidingCounter';

describe('SlidingCounter', () => {
  it('averages over whole seconds and drops those outside the window', () => {
    let nowMs = 1_000_000;
    const counter = new SlidingCounter(60, () => nowMs);
    counter.add(5);
    // The current second does not count yet.
    expect(counter.perSecond(10)).toBe(0);
    nowMs += 1_000;
    counter.add(15);
    nowMs += 1_000;
    expect(counter.perSecond(10)).toBe(2);
    expect(counter.perSecond(2)).toBe(10);
    nowMs += 9_000;
    expect(counter.perSecond(10)).toBe(1.5);
    nowMs += 120_000;
    expect(counter.perSecond()).toBe(0);
  });
});

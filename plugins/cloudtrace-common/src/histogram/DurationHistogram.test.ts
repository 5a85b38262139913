import fc from 'fast-check';
import { DurationHistogram } from './DurationHistogram';
import { encodeHistogram, HISTOGRAM_SLOT_MAX_BYTES } from './encoding';
import {
  HISTOGRAM_SLOT_COUNT,
  histogramSlot,
  histogramSlotMidpointUs,
  histogramSlotUpperBoundUs,
} from './slots';

const durationUs = fc.oneof(
  fc.nat(100),
  fc.nat(1_000_000),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
);
const durations = fc.oneof(
  fc.array(durationUs, { maxLength: 300 }),
  // Adjacent slots, many durations per slot
  fc.array(fc.integer({ min: 900, max: 1100 }), { maxLength: 300 }),
);

function histogramOf(values: number[]) {
  const histogram = new DurationHistogram();
  values.forEach(value => histogram.add(value));
  return histogram;
}

describe('DurationHistogram', () => {
  it('puts every duration between the bounds of its slot', () => {
    fc.assert(
      fc.property(durationUs, value => {
        const slot = histogramSlot(value);
        expect(slot).toBeLessThan(HISTOGRAM_SLOT_COUNT);
        expect(value).toBeLessThanOrEqual(histogramSlotUpperBoundUs(slot));
        if (slot > 0) {
          expect(value).toBeGreaterThan(histogramSlotUpperBoundUs(slot - 1));
        }
      }),
    );
  });

  it('uses the buckets of the OpenTelemetry exponential histogram', () => {
    // (2^(i/32), 2^((i+1)/32)], numbered from slot 2 for i = 0
    expect(histogramSlot(0)).toBe(0);
    expect(histogramSlot(1)).toBe(1);
    expect(histogramSlot(2)).toBe(33);
    expect(histogramSlot(1024)).toBe(321);
    expect(histogramSlot(1025)).toBe(322);
  });

  it('represents every duration with at most 1.1 % error', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 52 }), value => {
        const shown = histogramSlotMidpointUs(histogramSlot(value));
        expect(Math.abs(shown - value) / value).toBeLessThanOrEqual(0.011);
      }),
    );
  });

  it('has percentiles within 1.1 % of the exact ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3_600_000_000 }), { minLength: 1 }),
        fc.constantFrom(0, 0.5, 0.95, 0.99, 1),
        (values, share) => {
          const sorted = [...values].sort((a, b) => a - b);
          const exact =
            sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
          const shown = histogramOf(values).percentileUs(share)!;
          expect(Math.abs(shown - exact) / exact).toBeLessThanOrEqual(0.011);
        },
      ),
    );
  });

  it('survives encoding, and merging equals counting together', () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const together = histogramOf([...a, ...b]);
        const merged = DurationHistogram.decode(histogramOf(a).encode());
        merged.addEncoded(histogramOf(b).encode());
        const other = histogramOf(b);
        other.merge(histogramOf(a));
        expect(merged.encode()).toEqual(together.encode());
        expect(other.encode()).toEqual(together.encode());
        expect(merged.count).toBe(a.length + b.length);
        const rest = together.without(histogramOf(b));
        expect(rest.encode()).toEqual(histogramOf(a).encode());
        expect(rest.count).toBe(a.length);
      }),
    );
  });

  it('uses the shortest form of each slot', () => {
    const encodedOf = (slots: [slot: number, count: number][]) => {
      const counts: number[] = [];
      slots.forEach(([slot, count]) => (counts[slot] = count));
      const out = new Uint8Array(slots.length * HISTOGRAM_SLOT_MAX_BYTES);
      const end = encodeHistogram(counts, 0, counts.length - 1, out, 0);
      return [...out.subarray(0, end)];
    };
    expect(encodedOf([[0, 1]])).toEqual([0]);
    expect(encodedOf([[15, 8]])).toEqual([0b0_1111_111]);
    expect(encodedOf([[16, 8]])).toEqual([0b10_000001, 0b0000_0111]);
    expect(encodedOf([[1023, 16]])).toEqual([0b10_111111, 0b1111_1111]);
    expect(encodedOf([[62, 17]])).toEqual([0b11_111110, 16]);
    expect(encodedOf([[63, 17]])).toEqual([0b11_111111, 0, 16]);
    expect(encodedOf([[1697, 300]])).toEqual([255, 0xe2, 0x0c, 0xab, 0x02]);
    expect(
      encodedOf([
        [320, 1],
        [321, 2],
        [330, 1],
      ]),
    ).toEqual([0b10_010100, 0, 1, 0b0_1000_000]);
  });

  it('counts beyond 32 bits', () => {
    const histogram = new DurationHistogram();
    histogram.add(1000, 2 ** 40);
    const decoded = DurationHistogram.decode(histogram.encode());
    expect(decoded.count).toBe(2 ** 40);
  });

  it('has no percentile when empty, also after clear', () => {
    const histogram = histogramOf([5, 10]);
    histogram.clear();
    expect(histogram.count).toBe(0);
    expect(histogram.percentileUs(0.5)).toBeUndefined();
    expect(histogram.encode()).toHaveLength(0);
  });

  it('rejects invalid bytes instead of hanging', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        try {
          DurationHistogram.decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
    expect(() => DurationHistogram.decode(Uint8Array.of(5, 0x80))).toThrow(
      'end inside a slot',
    );
    expect(() =>
      DurationHistogram.decode(new Uint8Array(20).fill(0xff)),
    ).toThrow('too large');
  });
});

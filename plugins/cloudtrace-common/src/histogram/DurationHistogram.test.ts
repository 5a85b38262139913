import fc from 'fast-check';
import { DurationHistogram } from './DurationHistogram';
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
const durations = fc.array(durationUs, { maxLength: 300 });

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

  it('stands for every duration with at most 1.1 % error', () => {
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
      }),
    );
  });

  it('gives the same percentiles from the encoded form', () => {
    const shares = [0, 0.5, 0.95, 0.99, 1];
    fc.assert(
      fc.property(durations, values => {
        const histogram = histogramOf(values);
        expect(
          DurationHistogram.percentilesUs(
            histogram.encode(),
            histogram.count,
            shares,
          ),
        ).toEqual(
          values.length === 0
            ? []
            : shares.map(share => histogram.percentileUs(share)),
        );
      }),
    );
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

  it('refuses bytes that are no histogram instead of hanging', () => {
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
      'end inside a number',
    );
  });
});

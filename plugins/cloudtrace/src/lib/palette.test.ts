import { ColorSlots, MAX_SERIES, slotColor } from './palette';

const instances = ['i-0a', 'i-0b', 'i-0c', 'i-0d', 'i-0e'];

describe('ColorSlots', () => {
  it('gives the same colours whatever the order of arrival within an answer', () => {
    const one = new ColorSlots();
    const two = new ColorSlots();
    one.assign(instances);
    two.assign([...instances].reverse());
    expect(instances.map(id => one.slotOf(id))).toEqual(
      instances.map(id => two.slotOf(id)),
    );
  });

  it('keeps a colour when others come and go', () => {
    const slots = new ColorSlots();
    slots.assign(instances);
    const before = slots.slotOf('i-0c');
    slots.assign(['i-aa', 'i-bb', 'i-0c']);
    expect(slots.slotOf('i-0c')).toBe(before);
  });

  it('uses every colour before it repeats one', () => {
    const slots = new ColorSlots();
    const many = Array.from({ length: MAX_SERIES }, (_, i) => `i-${i}`);
    slots.assign(many);
    expect(new Set(many.map(id => slots.slotOf(id))).size).toBe(MAX_SERIES);
    expect(slots.slotOf('one more')).toBeLessThan(MAX_SERIES);
  });

  it.each(['light', 'dark'] as const)(
    'reaches a contrast of 3:1 with the paper in the %s theme',
    mode => {
      const luminance = (hex: string) => {
        const [r, g, b] = [1, 3, 5].map(i => {
          const c = parseInt(hex.slice(i, i + 2), 16) / 255;
          return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paper = luminance(mode === 'dark' ? '#424242' : '#ffffff');
      for (let slot = 0; slot < MAX_SERIES; slot++) {
        const color = luminance(slotColor(slot, mode));
        const [high, low] = [color, paper].sort((a, b) => b - a);
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(3);
      }
    },
  );
});

import { expect, it } from 'vitest';
import { versionOf } from './versionOf.js';

const mug = {
  productId: 'mug',
  quantity: 1,
  priceCents: 1_800,
  addedAt: new Date('2026-11-30T10:00:00Z'),
};
const lamp = { ...mug, productId: 'lamp' };

it('does not depend on the order of the items', () => {
  expect(versionOf([mug, lamp])).toBe(versionOf([lamp, mug]));
});

it.each([
  ['another quantity', [{ ...mug, quantity: 2 }, lamp]],
  ['another price', [{ ...mug, priceCents: 1_801 }, lamp]],
  ['one item less', [mug]],
  ['no item', []],
  [
    'the same item, added again after a purchase',
    [{ ...mug, addedAt: new Date('2026-11-30T10:00:01Z') }, lamp],
  ],
])('changes with %s', (_, changed) => {
  expect(versionOf(changed)).not.toBe(versionOf([mug, lamp]));
});

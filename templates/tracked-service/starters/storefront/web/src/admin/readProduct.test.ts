import { expect, it } from 'vitest';
import { readProduct } from './readProduct';

it('reads a price without the errors of floating point', () => {
  const form = new FormData();
  form.set('price', '19.99');
  form.set('stock', '7');
  expect(readProduct(form)).toMatchObject({
    priceCents: 1_999,
    stock: 7,
    active: false,
  });
});

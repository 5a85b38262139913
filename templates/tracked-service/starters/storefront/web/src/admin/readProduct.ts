import type { NewProduct } from '../api/types';

/** The product in the form; the service checks every field again. */
export function readProduct(form: FormData): NewProduct {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    name: text('name').trim(),
    slug: text('slug').trim(),
    description: text('description').trim(),
    categoryId: text('categoryId'),
    // Rounded, because 19.99 * 100 is 1998.9999999999998.
    priceCents: Math.round(Number(text('price')) * 100),
    stock: Number(text('stock')),
    art: text('art') as NewProduct['art'],
    hue: Number(text('hue')),
    active: form.has('active'),
  };
}

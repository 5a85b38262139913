import { and, eq, type SQL } from 'drizzle-orm';
import { categories, products } from '../database/schema.js';
import type { Queries } from '../database/ShopDatabase.js';

const shown = {
  id: products.id,
  slug: products.slug,
  name: products.name,
  description: products.description,
  priceCents: products.priceCents,
  stock: products.stock,
  art: products.art,
  hue: products.hue,
  active: products.active,
  category: {
    id: categories.id,
    slug: categories.slug,
    name: categories.name,
  },
};

/** Products with their categories, under all of these conditions. */
export function selectProducts(queries: Queries, conditions: readonly SQL[]) {
  return queries
    .select(shown)
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(and(...conditions));
}

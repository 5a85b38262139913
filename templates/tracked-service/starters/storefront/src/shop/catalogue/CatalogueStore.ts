import { and, asc, desc, eq, lt, sql, type SQL } from 'drizzle-orm';
import { categories, products } from '../database/schema.js';
import type { ShopDatabase } from '../database/ShopDatabase.js';
import { searchQuery } from './searchQuery.js';
import type { Category, Product, ProductFilter } from './types.js';

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

/** What visitors see of the catalogue. */
export class CatalogueStore {
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  async categories(): Promise<Category[]> {
    return this.#database.queries
      .select()
      .from(categories)
      .orderBy(asc(categories.position), asc(categories.name));
  }

  /** Newest first: ids rise with time. */
  async products(filter: ProductFilter): Promise<Product[]> {
    return this.#select(conditionsOf(filter))
      .orderBy(desc(products.id))
      .limit(filter.limit);
  }

  async findBySlug(slug: string): Promise<Product | undefined> {
    const [product] = await this.#select([
      eq(products.slug, slug),
      eq(products.active, true),
    ]);
    return product;
  }

  /** Also a hidden product. */
  async findById(id: string): Promise<Product | undefined> {
    const [product] = await this.#select([eq(products.id, id)]);
    return product;
  }

  #select(conditions: (SQL | undefined)[]) {
    return this.#database.queries
      .select(shown)
      .from(products)
      .innerJoin(categories, eq(categories.id, products.categoryId))
      .where(and(...conditions));
  }
}

function conditionsOf(filter: ProductFilter): (SQL | undefined)[] {
  const { category, search, after, includeHidden } = filter;
  const words = search === undefined ? undefined : searchQuery(search);
  return [
    includeHidden ? undefined : eq(products.active, true),
    category ? eq(categories.slug, category) : undefined,
    after ? lt(products.id, after) : undefined,
    words
      ? sql`${products.search} @@ to_tsquery('simple', ${words})`
      : undefined,
  ];
}

import { asc, eq, type SQL } from 'drizzle-orm';
import { categories, products } from '../database/schema.js';
import type { ShopDatabase } from '../database/ShopDatabase.js';
import { ProductLists } from './ProductLists.js';
import { selectProducts } from './selectProducts.js';
import type { Category, Product, ProductFilter } from './types.js';

/** What visitors see of the catalogue. */
export class CatalogueStore {
  readonly #database: ShopDatabase;
  readonly #lists: ProductLists;

  constructor(database: ShopDatabase) {
    this.#database = database;
    this.#lists = new ProductLists(database);
  }

  async categories(): Promise<Category[]> {
    return this.#database.queries
      .select()
      .from(categories)
      .orderBy(asc(categories.position), asc(categories.name));
  }

  /** Newest first: ids rise with time. */
  async products(filter: ProductFilter): Promise<Product[]> {
    return this.#lists.find(filter);
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

  #select(conditions: SQL[]) {
    return selectProducts(this.#database.queries, conditions);
  }
}

import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { categories, products } from '../database/schema.js';
import { causeOf, type ShopDatabase } from '../database/ShopDatabase.js';
import { conflict, notFound } from '../errors/ShopError.js';
import type { CatalogueStore } from './CatalogueStore.js';
import type { Category, NewProduct, Product, ProductChange } from './types.js';

/** What administrators do with the catalogue. */
export class CatalogueEditor {
  readonly #database: ShopDatabase;
  readonly #catalogue: CatalogueStore;

  constructor(options: { database: ShopDatabase; catalogue: CatalogueStore }) {
    this.#database = options.database;
    this.#catalogue = options.catalogue;
  }

  async createProduct(product: NewProduct): Promise<Product> {
    const id = uuid();
    await explained(
      this.#database.queries
        .insert(products)
        .values({ id, ...product })
        .onConflictDoNothing({ target: products.id }),
    );
    return this.#product(id);
  }

  async changeProduct(id: string, change: ProductChange): Promise<Product> {
    const { stock, ...fields } = change;
    if (stock) await this.#changeStock(id, stock);
    if (Object.keys(fields).length > 0) {
      await explained(
        this.#database.queries
          .update(products)
          .set(fields)
          .where(eq(products.id, id)),
      );
    }
    return this.#product(id);
  }

  /** Deletes a product, or hides it if there are orders of it. */
  async removeProduct(id: string): Promise<'deleted' | 'hidden'> {
    await this.#product(id);
    try {
      await this.#database.queries.delete(products).where(eq(products.id, id));
      return 'deleted';
    } catch (error) {
      if (stateOf(error) !== referenced) throw error;
      await this.changeProduct(id, { active: false });
      return 'hidden';
    }
  }

  async createCategory(category: Omit<Category, 'id'>): Promise<Category> {
    const created = { id: uuid(), ...category };
    await explained(
      this.#database.queries
        .insert(categories)
        .values(created)
        .onConflictDoNothing({ target: categories.id }),
    );
    return created;
  }

  async changeCategory(
    id: string,
    change: Partial<Omit<Category, 'id'>>,
  ): Promise<Category> {
    const [changed] = await explained(
      this.#database.queries
        .update(categories)
        .set(change)
        .where(eq(categories.id, id))
        .returning(),
    );
    if (!changed) throw notFound('category');
    return changed;
  }

  async removeCategory(id: string): Promise<void> {
    await explained(
      this.#database.queries.delete(categories).where(eq(categories.id, id)),
    );
  }

  async #changeStock(
    id: string,
    { from, to }: { from: number; to: number },
  ): Promise<void> {
    const changed = await this.#database.queries
      .update(products)
      .set({ stock: to })
      .where(and(eq(products.id, id), eq(products.stock, from)))
      .returning({ id: products.id });
    if (changed.length > 0) return;
    // Already `to`: a repetition of a change whose response was lost.
    const { stock } = await this.#product(id);
    if (stock === to) return;
    throw conflict(
      'Stock has changed',
      `The stock is ${stock} by now, not ${from}. Check it and change it again`,
    );
  }

  async #product(id: string): Promise<Product> {
    const product = await this.#catalogue.findById(id);
    if (!product) throw notFound('product');
    return product;
  }
}

const duplicate = '23505';
const referenced = '23503';

function stateOf(error: unknown): unknown {
  const cause = causeOf(error);
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

async function explained<T>(statement: PromiseLike<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (stateOf(error) === duplicate) {
      throw conflict(
        'Slug is in use',
        'This slug is in use. Choose another one',
      );
    }
    if (stateOf(error) === referenced) {
      throw conflict(
        'Category in use',
        'The category does not exist, or products belong to it',
      );
    }
    throw error;
  }
}

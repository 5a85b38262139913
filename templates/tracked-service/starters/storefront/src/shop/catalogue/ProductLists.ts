import { desc, eq, lt, sql, type SQL } from 'drizzle-orm';
import { categories, products } from '../database/schema.js';
import type { Queries, ShopDatabase } from '../database/ShopDatabase.js';
import { searchQuery } from './searchQuery.js';
import { selectProducts } from './selectProducts.js';
import type { Product, ProductFilter } from './types.js';

const value = (name: string) => sql.placeholder(name);

/** What a filter can ask for, by the name of its value. */
const conditions: Readonly<Record<string, SQL>> = {
  category: eq(categories.slug, value('category')),
  after: lt(products.id, value('after')),
  words: sql`${products.search} @@ to_tsquery('simple', ${value('words')})`,
  visible: eq(products.active, true),
};

type List = ReturnType<typeof prepareList>;

/**
 * Lists of products, newest first. Each kind of filter has one prepared statement: building it again takes as long as
 * running it, and this is what visitors ask for most.
 */
export class ProductLists {
  readonly #database: ShopDatabase;
  readonly #lists = new Map<string, List>();

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  async find(filter: ProductFilter): Promise<Product[]> {
    const { category, search, after, includeHidden, limit } = filter;
    const words = search === undefined ? undefined : searchQuery(search);
    const values = { category, after, words, visible: !includeHidden };
    const asked = Object.entries(values).filter(([, given]) => given);
    return this.#prepared(asked.map(([name]) => name)).execute({
      ...values,
      limit,
    });
  }

  #prepared(asked: string[]): List {
    const name = `products ${asked.join(' ')}`;
    const list =
      this.#lists.get(name) ?? prepareList(this.#database.queries, name, asked);
    this.#lists.set(name, list);
    return list;
  }
}

function prepareList(queries: Queries, name: string, asked: string[]) {
  const wanted = asked.flatMap(one => conditions[one] ?? []);
  return selectProducts(queries, wanted)
    .orderBy(desc(products.id))
    .limit(value('limit'))
    .prepare(name);
}

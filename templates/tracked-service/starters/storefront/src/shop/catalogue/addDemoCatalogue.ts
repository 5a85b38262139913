import { and, eq, sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { v7 as uuid } from 'uuid';
import { PeriodicTask } from '../../tasks/PeriodicTask.js';
import { categories, products } from '../database/schema.js';
import type { Queries, ShopDatabase } from '../database/ShopDatabase.js';
import { demoCatalogue } from './demoCatalogue.js';

const periodMs = 500;
const restockPeriodMs = 60_000;
/** Any number that nothing else locks. */
const lockKey = 7_402_120;

/** Fills an empty catalogue once, as soon as the database can be reached. */
export function addDemoCatalogue(options: {
  database: ShopDatabase;
  logger: FastifyBaseLogger;
}): PeriodicTask {
  let done = false;
  return new PeriodicTask({
    name: 'add the demo catalogue',
    periodMs,
    logger: options.logger,
    run: async () => {
      if (done) return;
      await options.database.transaction(fillIfEmpty);
      done = true;
    },
  });
}

/** Delivers demo products that sold out, so that visitors of a demo can always buy something. */
export function restockDemoCatalogue(options: {
  database: ShopDatabase;
  logger: FastifyBaseLogger;
}): PeriodicTask {
  return new PeriodicTask({
    name: 'restock the demo catalogue',
    periodMs: restockPeriodMs,
    logger: options.logger,
    run: async () => {
      await options.database.transaction(restock);
    },
  });
}

/** Always in the order of slugs, so that two instances never wait for each other. */
export async function restock(queries: Queries): Promise<void> {
  const delivered = demoCatalogue
    .flatMap(category => category.products)
    .filter(({ stock }) => stock > 0)
    .map(({ name, stock }) => ({ slug: slugOf(name), stock }))
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  for (const { slug, stock } of delivered) {
    await queries
      .update(products)
      .set({ stock })
      .where(and(eq(products.slug, slug), eq(products.stock, 0)));
  }
}

/** Instances that start together fill it only once. */
export async function fillIfEmpty(queries: Queries): Promise<void> {
  await queries.execute(sql`SELECT pg_advisory_xact_lock(${lockKey})`);
  if ((await queries.$count(categories)) > 0) return;
  for (const [position, category] of demoCatalogue.toReversed().entries()) {
    await queries.insert(categories).values({
      id: idOf(category.slug),
      slug: category.slug,
      name: category.name,
      position,
    });
  }
  await queries.insert(products).values(
    demoCatalogue.flatMap(category =>
      category.products.map(product => ({
        id: uuid(),
        slug: slugOf(product.name),
        categoryId: idOf(category.slug),
        ...product,
      })),
    ),
  );
}

const categoryIds = new Map<string, string>();

function idOf(slug: string): string {
  const id = categoryIds.get(slug) ?? uuid();
  categoryIds.set(slug, id);
  return id;
}

const slugOf = (name: string) =>
  name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

import { and, asc, eq, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { cartItems, carts, products } from '../database/schema.js';
import type { Queries, ShopDatabase } from '../database/ShopDatabase.js';
import { conflict, notFound } from '../errors/ShopError.js';
import type { Session } from '../sessions/SessionStore.js';
import type { Cart } from './types.js';
import { versionOf } from './versionOf.js';

const mostProducts = 50;

/** Carts on the server: the same on every device of a user. */
export class CartStore {
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  async read(session: Session | undefined): Promise<Cart> {
    if (!session) return toCart([]);
    const rows = await this.#database.queries
      .select({
        productId: products.id,
        slug: products.slug,
        name: products.name,
        art: products.art,
        hue: products.hue,
        priceCents: products.priceCents,
        quantity: cartItems.quantity,
        addedAt: cartItems.addedAt,
        available: sql<number>`CASE WHEN ${products.active} THEN ${products.stock} ELSE 0 END`,
      })
      .from(carts)
      .innerJoin(cartItems, eq(cartItems.cartId, carts.id))
      .innerJoin(products, eq(products.id, cartItems.productId))
      .where(ownedBy(session))
      .orderBy(asc(cartItems.addedAt), asc(products.id));
    return toCart(rows);
  }

  /** Sets how many of a product are in the cart. */
  async setQuantity(
    session: Session,
    productId: string,
    quantity: number,
  ): Promise<void> {
    const newCartId = uuid();
    await this.#database.transaction(async queries => {
      await assertSold(queries, productId);
      const cartId = await lockCart(queries, session, newCartId);
      await queries
        .insert(cartItems)
        .values({ cartId, productId, quantity })
        .onConflictDoUpdate({
          target: [cartItems.cartId, cartItems.productId],
          set: { quantity },
        });
      const size = await queries.$count(
        cartItems,
        eq(cartItems.cartId, cartId),
      );
      if (size > mostProducts) {
        throw conflict(
          'Cart is full',
          `A cart holds ${mostProducts} different products. Remove one first`,
        );
      }
    });
  }

  async remove(session: Session, productId: string): Promise<void> {
    const { queries } = this.#database;
    const own = queries
      .select({ id: carts.id })
      .from(carts)
      .where(ownedBy(session));
    await queries
      .delete(cartItems)
      .where(
        and(
          eq(cartItems.productId, productId),
          sql`${cartItems.cartId} IN ${own}`,
        ),
      );
  }

  /** Moves what a guest chose into the user's cart; of the same product, the larger quantity stays. */
  async adopt(
    queries: Queries,
    guestSessionId: string,
    userId: string,
  ): Promise<void> {
    await queries
      .insert(carts)
      .values({ id: uuid(), userId })
      .onConflictDoNothing();
    await queries.execute(sql`
      INSERT INTO cart_items (cart_id, product_id, quantity, added_at)
      SELECT own.id, item.product_id, item.quantity, item.added_at
      FROM cart_items item
      JOIN carts guest ON guest.id = item.cart_id AND guest.session_id = ${guestSessionId}
      CROSS JOIN carts own
      WHERE own.user_id = ${userId}
      ON CONFLICT (cart_id, product_id)
      DO UPDATE SET quantity = greatest(cart_items.quantity, excluded.quantity)`);
  }
}

function toCart(
  rows: readonly (Cart['items'][number] & { addedAt: Date })[],
): Cart {
  return {
    items: [...rows],
    totalCents: totalOf(rows),
    version: versionOf(rows),
  };
}

function ownedBy(session: Session) {
  return session.user
    ? eq(carts.userId, session.user.id)
    : eq(carts.sessionId, session.id);
}

/** Creates the cart if needed and locks it, so that a checkout and a change never mix. */
async function lockCart(
  queries: Queries,
  session: Session,
  newCartId: string,
): Promise<string> {
  const owner = session.user
    ? { userId: session.user.id }
    : { sessionId: session.id };
  await queries
    .insert(carts)
    .values({ id: newCartId, ...owner })
    .onConflictDoNothing();
  const [cart] = await queries
    .select({ id: carts.id })
    .from(carts)
    .where(ownedBy(session))
    .for('update');
  if (!cart) throw notFound('cart');
  return cart.id;
}

async function assertSold(queries: Queries, productId: string): Promise<void> {
  const [product] = await queries
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.id, productId), products.active));
  if (!product) throw notFound('product');
}

export function totalOf(
  items: readonly { priceCents: number; quantity: number }[],
): number {
  return items.reduce((sum, item) => sum + item.priceCents * item.quantity, 0);
}

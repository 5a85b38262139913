import { createHash } from 'node:crypto';
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { totalOf } from '../cart/CartStore.js';
import { versionOf } from '../cart/versionOf.js';
import {
  cartItems,
  carts,
  orderEvents,
  orderItems,
  orders,
  products,
} from '../database/schema.js';
import type { Queries, ShopDatabase } from '../database/ShopDatabase.js';
import { conflict, ShopError } from '../errors/ShopError.js';
import type { Checkout } from './types.js';

interface PlacedOrder {
  readonly orderId: string;
  /** The key was used before: this is the order from then. */
  readonly replayed: boolean;
}

/**
 * Buys the user's cart as the customer saw it, in one transaction: either everything is reserved and stored, or nothing.
 *
 * The idempotency key makes it safe to repeat, for the client and for the connection pool alike.
 *
 * @throws ShopError 409 for a cart that is empty or has changed, or missing stock; 422 for a key that was used with
 *   another body.
 */
export async function placeOrder(options: {
  database: ShopDatabase;
  instanceId: string;
  userId: string;
  idempotencyKey: string;
  checkout: Checkout;
}): Promise<PlacedOrder> {
  const { database, userId, idempotencyKey, checkout, instanceId } = options;
  const { shippingAddress, billingAddress, cartVersion } = checkout;
  const id = uuid();
  const requestHash = hashOf(checkout);

  return database.transaction(async queries => {
    // Waits for a checkout with the same key that another instance has not finished yet.
    const inserted = await queries
      .insert(orders)
      .values({
        id,
        userId,
        idempotencyKey,
        requestHash,
        instanceId,
        status: 'placed',
        totalCents: 0,
        shippingAddress,
        billingAddress,
      })
      .onConflictDoNothing({ target: [orders.userId, orders.idempotencyKey] })
      .returning({ id: orders.id });
    if (inserted.length === 0) {
      return findReplayed(queries, { userId, idempotencyKey, requestHash });
    }
    const items = await takeFromStock(
      queries,
      await emptyCart(queries, userId),
    );
    if (versionOf(items) !== cartVersion) throw cartChanged();
    await queries
      .insert(orderItems)
      .values(items.map(item => ({ ...item, orderId: id })));
    await queries.insert(orderEvents).values({ orderId: id, status: 'placed' });
    await queries
      .update(orders)
      .set({ totalCents: totalOf(items) })
      .where(eq(orders.id, id));
    return { orderId: id, replayed: false };
  });
}

async function findReplayed(
  queries: Queries,
  key: { userId: string; idempotencyKey: string; requestHash: Buffer },
): Promise<PlacedOrder> {
  const [found] = await queries
    .select({ id: orders.id, requestHash: orders.requestHash })
    .from(orders)
    .where(
      and(
        eq(orders.userId, key.userId),
        eq(orders.idempotencyKey, key.idempotencyKey),
      ),
    );
  if (!found?.requestHash.equals(key.requestHash)) {
    throw new ShopError(
      422,
      'Idempotency conflict',
      'This Idempotency-Key was used for another checkout',
    );
  }
  return { orderId: found.id, replayed: true };
}

interface Wanted {
  readonly productId: string;
  readonly quantity: number;
  readonly addedAt: Date;
}

/** Locks the cart, so that a second checkout of the same cart finds it empty. */
async function emptyCart(queries: Queries, userId: string): Promise<Wanted[]> {
  const [cart] = await queries
    .select({ id: carts.id })
    .from(carts)
    .where(eq(carts.userId, userId))
    .for('update');
  const wanted = cart
    ? await queries
        .delete(cartItems)
        .where(eq(cartItems.cartId, cart.id))
        .returning({
          productId: cartItems.productId,
          quantity: cartItems.quantity,
          addedAt: cartItems.addedAt,
        })
    : [];
  if (wanted.length === 0) {
    throw conflict('Cart is empty', 'There is nothing in the cart to buy');
  }
  return wanted;
}

/** Always in the order of ids, so that two checkouts never wait for each other. */
async function takeFromStock(queries: Queries, wanted: Wanted[]) {
  const ordered = wanted.toSorted((a, b) =>
    a.productId < b.productId ? -1 : 1,
  );
  const taken = [];
  for (const { productId, quantity, addedAt } of ordered) {
    const [product] = await queries
      .update(products)
      .set({ stock: sql`${products.stock} - ${quantity}` })
      .where(
        and(
          eq(products.id, productId),
          eq(products.active, true),
          gte(products.stock, quantity),
        ),
      )
      .returning({
        productId: products.id,
        name: products.name,
        priceCents: products.priceCents,
        art: products.art,
        hue: products.hue,
      });
    if (!product) throw await outOfStock(queries, productId);
    taken.push({ ...product, quantity, addedAt });
  }
  return taken;
}

const cartChanged = () =>
  conflict(
    'Cart changed',
    'The cart or a price changed after it was shown. Check the cart, then place the order again',
  );

async function outOfStock(
  queries: Queries,
  productId: string,
): Promise<ShopError> {
  const [product] = await queries
    .select({
      name: products.name,
      stock: products.stock,
      active: products.active,
    })
    .from(products)
    .where(eq(products.id, productId))
    .orderBy(asc(products.id));
  const left = product?.active ? product.stock : 0;
  return conflict(
    'Out of stock',
    `${product?.name ?? 'A product'}: ${left} left. Change the quantity in the cart`,
  );
}

function hashOf(checkout: Checkout): Buffer {
  const { shippingAddress, billingAddress, cartVersion } = checkout;
  const addresses = [shippingAddress, billingAddress].map(address =>
    Object.entries(address).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return createHash('sha256')
    .update(JSON.stringify([...addresses, cartVersion]))
    .digest();
}

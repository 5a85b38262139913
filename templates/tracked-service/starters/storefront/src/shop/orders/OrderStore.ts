import { and, asc, desc, eq, lt, sql } from 'drizzle-orm';
import {
  orderEvents,
  orderItems,
  orders,
  products,
} from '../database/schema.js';
import type { Queries, ShopDatabase } from '../database/ShopDatabase.js';
import { conflict, notFound } from '../errors/ShopError.js';
import {
  nextStatuses,
  type Order,
  type OrderStatus,
  type OrderSummary,
} from './types.js';

const summary = {
  id: orders.id,
  number: orders.number,
  status: orders.status,
  totalCents: orders.totalCents,
  createdAt: orders.createdAt,
};

/** Orders and their history. */
export class OrderStore {
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  /** Newest first: ids rise with time. Without a user, those of everybody. */
  async list(options: {
    userId?: string;
    after?: string | undefined;
    limit: number;
  }): Promise<OrderSummary[]> {
    const { userId, after, limit } = options;
    const rows = await this.#database.queries
      .select(summary)
      .from(orders)
      .where(
        and(
          userId ? eq(orders.userId, userId) : undefined,
          after ? lt(orders.id, after) : undefined,
        ),
      )
      .orderBy(desc(orders.id))
      .limit(limit);
    return rows.map(row => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
    }));
  }

  /** @throws ShopError 404, also for another user's order. */
  async find(id: string, userId?: string): Promise<Order> {
    const { queries } = this.#database;
    const [order] = await queries
      .select({
        ...summary,
        shippingAddress: orders.shippingAddress,
        billingAddress: orders.billingAddress,
        instanceId: orders.instanceId,
      })
      .from(orders)
      .where(
        and(eq(orders.id, id), userId ? eq(orders.userId, userId) : undefined),
      );
    if (!order) throw notFound('order');
    const [items, events] = await Promise.all([
      queries
        .select()
        .from(orderItems)
        .where(eq(orderItems.orderId, id))
        .orderBy(asc(orderItems.name)),
      queries
        .select({ status: orderEvents.status, at: orderEvents.at })
        .from(orderEvents)
        .where(eq(orderEvents.orderId, id))
        .orderBy(asc(orderEvents.at)),
    ]);
    return {
      ...order,
      createdAt: order.createdAt.toISOString(),
      items,
      events: events.map(event => ({ ...event, at: event.at.toISOString() })),
    };
  }

  /** Changes the status; a cancelled order returns its products to the stock. */
  async changeStatus(id: string, status: OrderStatus): Promise<void> {
    await this.#database.transaction(async queries => {
      const [order] = await queries
        .select({ status: orders.status })
        .from(orders)
        .where(eq(orders.id, id))
        .for('update');
      if (!order) throw notFound('order');
      if (order.status === status) return;
      if (!nextStatuses[order.status].includes(status)) {
        throw conflict(
          'Status cannot change',
          `An order that is ${order.status} cannot become ${status}`,
        );
      }
      await queries.update(orders).set({ status }).where(eq(orders.id, id));
      await queries.insert(orderEvents).values({ orderId: id, status });
      if (status === 'cancelled') await returnToStock(queries, id);
    });
  }
}

/** In the order of ids, like a checkout. */
async function returnToStock(queries: Queries, orderId: string): Promise<void> {
  const items = await queries
    .select()
    .from(orderItems)
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.productId));
  for (const item of items) {
    await queries
      .update(products)
      .set({ stock: sql`${products.stock} + ${item.quantity}` })
      .where(eq(products.id, item.productId));
  }
}

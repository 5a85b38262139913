import { sql, type SQL } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Address } from '../accounts/types.js';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const searchVector = customType<{ data: string }>({
  dataType: () => 'tsvector',
});
const moment = (name: string) => timestamp(name, { withTimezone: true });

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    /** Lower case, so that one person has one account. */
    email: text('email').notNull().unique(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    role: text('role', { enum: ['customer', 'admin'] }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  table => [
    check('users_role', sql`${table.role} IN ('customer', 'admin')`),
    check('users_email_lower', sql`${table.email} = lower(${table.email})`),
  ],
);

export const addresses = pgTable(
  'addresses',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['shipping', 'billing'] }).notNull(),
    address: jsonb('address').$type<Address>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.userId, table.kind] }),
    check('addresses_kind', sql`${table.kind} IN ('shipping', 'billing')`),
  ],
);

/** A visitor's session; without a user, it belongs to a guest with a cart. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    /** SHA-256 of the token: whoever reads this table cannot sign in with it. */
    tokenHash: bytes('token_hash').notNull().unique(),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    ipAddress: text('ip_address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  table => [
    index('sessions_user').on(table.userId),
    index('sessions_last_seen').on(table.lastSeenAt),
    index('sessions_expiry').on(table.expiresAt),
  ],
);

/** Counts attempts, for all instances together. */
export const attempts = pgTable('attempts', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  windowEndsAt: moment('window_ends_at').notNull(),
});

export const categories = pgTable('categories', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  position: integer('position').notNull(),
});

export const products = pgTable(
  'products',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    categoryId: uuid('category_id')
      .notNull()
      .references(() => categories.id),
    name: text('name').notNull(),
    description: text('description').notNull(),
    priceCents: integer('price_cents').notNull(),
    stock: integer('stock').notNull(),
    /** Which of the client's drawings shows it, and in which colour. */
    art: text('art').notNull(),
    hue: integer('hue').notNull(),
    /** A product that was ordered is hidden rather than deleted. */
    active: boolean('active').notNull().default(true),
    createdAt: moment('created_at').notNull().defaultNow(),
    search: searchVector('search').generatedAlwaysAs(
      (): SQL =>
        sql`to_tsvector('simple', ${products.name} || ' ' || ${products.description})`,
    ),
  },
  table => [
    check('products_price', sql`${table.priceCents} >= 0`),
    check('products_stock', sql`${table.stock} >= 0`),
    index('products_search').using('gin', table.search),
    index('products_category').on(table.categoryId),
  ],
);

/** One cart for each user, and one for each guest's session. */
export const carts = pgTable(
  'carts',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .unique()
      .references(() => users.id, { onDelete: 'cascade' }),
    sessionId: uuid('session_id')
      .unique()
      .references(() => sessions.id, { onDelete: 'cascade' }),
  },
  table => [
    check(
      'carts_owner',
      sql`num_nonnulls(${table.userId}, ${table.sessionId}) = 1`,
    ),
  ],
);

export const cartItems = pgTable(
  'cart_items',
  {
    cartId: uuid('cart_id')
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    quantity: integer('quantity').notNull(),
    addedAt: moment('added_at').notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.cartId, table.productId] }),
    check('cart_items_quantity', sql`${table.quantity} BETWEEN 1 AND 99`),
    index('cart_items_product').on(table.productId),
  ],
);

export const orderStatuses = [
  'placed',
  'packed',
  'shipped',
  'delivered',
  'cancelled',
] as const;

export const orders = pgTable(
  'orders',
  {
    id: uuid('id').primaryKey(),
    /** What the customer reads: consecutive, but with gaps where checkouts failed. */
    number: integer('number').notNull().generatedAlwaysAsIdentity().unique(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    status: text('status', { enum: orderStatuses }).notNull(),
    totalCents: bigint('total_cents', { mode: 'number' }).notNull(),
    shippingAddress: jsonb('shipping_address').$type<Address>().notNull(),
    billingAddress: jsonb('billing_address').$type<Address>().notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** SHA-256 of the checkout's body: a key belongs to one body. */
    requestHash: bytes('request_hash').notNull(),
    /** Instance that stored the order. */
    instanceId: text('instance_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  table => [
    unique('orders_idempotency').on(table.userId, table.idempotencyKey),
    // Ids rise with time, so the primary key serves the list of all orders.
    index('orders_of_user').on(table.userId, table.id),
    check(
      'orders_status',
      sql`${table.status} IN ('placed', 'packed', 'shipped', 'delivered', 'cancelled')`,
    ),
  ],
);

/** What was bought, with the name and the price of that moment. */
export const orderItems = pgTable(
  'order_items',
  {
    orderId: uuid('order_id').notNull(),
    productId: uuid('product_id').notNull(),
    name: text('name').notNull(),
    priceCents: integer('price_cents').notNull(),
    quantity: integer('quantity').notNull(),
    art: text('art').notNull(),
    hue: integer('hue').notNull(),
  },
  table => [
    primaryKey({ columns: [table.orderId, table.productId] }),
    foreignKey({ columns: [table.orderId], foreignColumns: [orders.id] }),
    foreignKey({ columns: [table.productId], foreignColumns: [products.id] }),
    check('order_items_quantity', sql`${table.quantity} BETWEEN 1 AND 99`),
  ],
);

export const orderEvents = pgTable(
  'order_events',
  {
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    status: text('status', { enum: orderStatuses }).notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.orderId, table.status] })],
);

/** What each instance measured about itself, kept for some minutes. */
export const instanceSamples = pgTable(
  'instance_samples',
  {
    instanceId: text('instance_id').notNull(),
    sampledAt: moment('sampled_at').notNull().defaultNow(),
    zone: text('zone').notNull(),
    /** Share of one processor core. */
    cpuPercent: doublePrecision('cpu_percent').notNull(),
    memoryBytes: doublePrecision('memory_bytes').notNull(),
    requestsPerSecond: doublePrecision('requests_per_second').notNull(),
    /** Null if there was no request. */
    medianMs: doublePrecision('median_ms'),
    p95Ms: doublePrecision('p95_ms'),
    /** The instance's last sample: it stops. */
    leaving: boolean('leaving').notNull(),
  },
  table => [
    primaryKey({ columns: [table.instanceId, table.sampledAt] }),
    index('instance_samples_time').on(table.sampledAt),
  ],
);

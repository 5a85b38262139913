import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from '../support/Shop.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await Shop.open(database);
});

afterAll(async () => {
  await shop.close();
  await database.drop();
});

describe('catalogue', () => {
  it('finds products by words and their beginnings, in pages', async () => {
    for (const name of ['Blue mug', 'Blue muffin tin', 'Red mug']) {
      await shop.addProduct({ name });
    }
    const visitor = shop.visitor();
    const names = async (query: string) =>
      (await visitor.request('GET', `/api/products?${query}`)).body.items
        .map(product => product.name)
        .sort();
    expect(await names('search=blue%20mu')).toEqual([
      'Blue muffin tin',
      'Blue mug',
    ]);
    expect(await names(`search=${encodeURIComponent(`' & | !`)}`)).toHaveLength(
      3,
    );

    const first = await visitor.request('GET', '/api/products?limit=2');
    const rest = await visitor.request(
      'GET',
      `/api/products?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(first.body.items).toHaveLength(2);
    expect(rest.body.items).toHaveLength(1);
    expect(rest.body.nextCursor).toBeUndefined();
  });

  it('is changed by administrators only', async () => {
    const product = await shop.addProduct();
    const url = `/api/admin/products/${product}`;
    for (const visitor of [shop.visitor(), await shop.customer()]) {
      const answer = await visitor.request('PATCH', url, { priceCents: 1 });
      expect([401, 403]).toContain(answer.status);
    }
    const admin = await shop.admin();
    const answer = await admin.request('PATCH', url, { priceCents: 1 });
    expect(answer).toMatchObject({ status: 200, body: { priceCents: 1 } });
  });

  it('creates, hides and deletes products and categories', async () => {
    const admin = await shop.admin();
    const category = await admin.request('POST', '/api/admin/categories', {
      slug: 'garden',
      name: 'Garden',
      position: 3,
    });
    const product = {
      slug: 'spade',
      name: 'Spade',
      description: '',
      categoryId: category.body.id,
      priceCents: 100,
      stock: 1,
      art: 'vase',
      hue: 1,
      active: true,
    };
    const created = await admin.request('POST', '/api/admin/products', product);
    expect(created.status).toBe(201);
    const again = await admin.request('POST', '/api/admin/products', product);
    expect(again).toMatchObject({
      status: 409,
      body: { title: 'Slug is in use' },
    });
    const used = `/api/admin/categories/${category.body.id}`;
    expect((await admin.request('DELETE', used)).status).toBe(409);

    const customer = await shop.customer();
    await customer.fillCart(created.body.id);
    const order = await customer.checkout();
    const url = `/api/admin/products/${created.body.id}`;
    expect((await admin.request('DELETE', url)).body).toEqual({
      result: 'hidden',
    });
    const shown = await customer.request('GET', '/api/products/spade');
    expect(shown.status).toBe(404);
    const kept = await customer.request('GET', `/api/orders/${order.body.id}`);
    expect(kept.body.items[0]?.name).toBe('Spade');

    const unsold = `/api/admin/products/${await shop.addProduct()}`;
    expect((await admin.request('DELETE', unsold)).body.result).toBe('deleted');
  });

  it('does not overwrite sales when an administrator corrects the stock', async () => {
    const product = await shop.addProduct({ stock: 10 });
    const customer = await shop.customer();
    await customer.fillCart(product, 4);
    await customer.checkout();
    const admin = await shop.admin();
    const url = `/api/admin/products/${product}`;
    const late = await admin.request('PATCH', url, {
      stock: { from: 10, to: 12 },
    });
    expect(late).toMatchObject({
      status: 409,
      body: { title: 'Stock has changed' },
    });
    const right = await admin.request('PATCH', url, {
      stock: { from: 6, to: 8 },
    });
    expect(right.body.stock).toBe(8);
  });
});

describe('cart', () => {
  it("joins the guest's cart with the user's at sign-in", async () => {
    const [first, second] = [await shop.addProduct(), await shop.addProduct()];
    const user = await shop.customer();
    await user.fillCart(first, 1);
    const guest = shop.visitor();
    await guest.fillCart(first, 3);
    await guest.fillCart(second, 2);
    await guest.signIn(user.email);

    const { body } = await user.request('GET', '/api/cart');
    const quantities = new Map(
      body.items.map(item => [item.productId, item.quantity]),
    );
    expect(quantities).toEqual(
      new Map([
        [first, 3],
        [second, 2],
      ]),
    );
  });

  it("never shows or changes another visitor's cart", async () => {
    const product = await shop.addProduct();
    const [ada, eve] = [await shop.customer(), await shop.customer()];
    await ada.fillCart(product, 2);
    expect((await eve.request('GET', '/api/cart')).body.items).toEqual([]);
    await eve.request('DELETE', `/api/cart/items/${product}`);
    expect((await ada.request('GET', '/api/cart')).body.items).toHaveLength(1);
  });

  it('answers 404 for a product that does not exist', async () => {
    expect((await shop.visitor().fillCart(randomUUID())).status).toBe(404);
    expect((await shop.visitor().fillCart('1')).status).toBe(400);
  });
});

describe('orders', () => {
  it("answers 404 for another user's order, as for none", async () => {
    const [ada, eve] = [await shop.customer(), await shop.customer()];
    await ada.fillCart(await shop.addProduct());
    const { body } = await ada.checkout();
    const foreign = await eve.request('GET', `/api/orders/${body.id}`);
    const none = await eve.request('GET', `/api/orders/${randomUUID()}`);
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual(none.body);
    expect((await eve.request('GET', '/api/orders')).body.items).toEqual([]);
  });

  it('keeps the history of the status, and returns cancelled products to the stock', async () => {
    const product = await shop.addProduct({ stock: 5 });
    const customer = await shop.customer();
    await customer.fillCart(product, 2);
    const { body: order } = await customer.checkout();
    const admin = await shop.admin();
    const url = `/api/admin/orders/${order.id}`;
    const delivered = await admin.request('PATCH', url, {
      status: 'delivered',
    });
    expect(delivered).toMatchObject({
      status: 409,
      body: { detail: 'An order that is placed cannot become delivered' },
    });
    await admin.request('PATCH', url, { status: 'packed' });
    const cancelled = await Promise.all(
      [1, 2].map(() => admin.request('PATCH', url, { status: 'cancelled' })),
    );
    expect(cancelled.map(answer => answer.status)).toEqual([200, 200]);
    expect(await shop.stockOf(product)).toBe(5);

    const { body } = await customer.request('GET', `/api/orders/${order.id}`);
    expect(body.events.map(event => event.status)).toEqual([
      'placed',
      'packed',
      'cancelled',
    ]);
  });

  it("are read in the order of an index, also one user's among many", async () => {
    const [ada, eve] = [await shop.customer(), await shop.customer()];
    for (const [{ email }, count] of [
      [ada, 30],
      [eve, 3_000],
    ] as const) {
      await database.query(`
        INSERT INTO orders (id, user_id, status, total_cents, shipping_address, billing_address, idempotency_key,
          request_hash, instance_id)
        SELECT gen_random_uuid(), id, 'delivered', 1, '{}', '{}', 'key ' || n, '\\x00', 'web-test'
        FROM users CROSS JOIN generate_series(1, ${count}) n WHERE email = '${email}'`);
    }
    await database.query('ANALYZE orders');
    const [user] = await database.query<{ id: string }>(
      `SELECT id FROM users WHERE email = '${ada.email}'`,
    );
    const ofUser = `WHERE user_id = '${user?.id}' AND id < 'c0000000-0000-4000-8000-000000000000'`;
    for (const condition of [ofUser, '']) {
      const plan = await database.query(
        `EXPLAIN SELECT * FROM orders ${condition} ORDER BY id DESC LIMIT 20`,
      );
      expect(JSON.stringify(plan)).toMatch(/Index Scan Backward/);
      expect(JSON.stringify(plan)).not.toMatch(/Sort|Filter/);
    }
    await database.query(
      `DELETE FROM orders WHERE idempotency_key LIKE 'key %'`,
    );
  });
});

describe('scaling signal', () => {
  it('counts the sessions that any instance saw within the window', async () => {
    await database.query('TRUNCATE sessions CASCADE');
    const other = await Shop.open(database);
    await shop.customer();
    await other.customer();
    await other.visitor().fillCart(await shop.addProduct());
    await database.query(
      `UPDATE sessions SET last_seen_at = now() - interval '6 minutes' WHERE user_id IS NULL`,
    );
    const answer = await shop.visitor().request('GET', '/healthz/scaling');
    expect(answer.body).toEqual({ activeUsers: 2, windowSeconds: 300 });
    await other.close();
  });

  it('is hidden from requests that a load balancer forwarded', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const answer = await shop
      .visitor()
      .request('GET', '/healthz/scaling', undefined, headers);
    expect(answer.status).toBe(404);
  });
});

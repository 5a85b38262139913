import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from '../support/Shop.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { address } from '../support/Visitor.js';

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

describe('checkout', () => {
  it('sells no more than there is to 50 customers at the same moment', async () => {
    const product = await shop.addProduct({ stock: 20 });
    const customers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const customer = await shop.customer();
        await customer.fillCart(product);
        return customer;
      }),
    );
    const answers = await Promise.all(
      customers.map(customer => customer.checkout()),
    );

    const statuses = answers.map(answer => answer.status);
    expect(statuses.filter(status => status === 201)).toHaveLength(20);
    expect(statuses.filter(status => status === 409)).toHaveLength(30);
    expect(await shop.stockOf(product)).toBe(0);
    const [sold] = await database.query<{ sum: number }>(
      `SELECT sum(quantity)::int FROM order_items WHERE product_id = '${product}'`,
    );
    expect(sold?.sum).toBe(20);
  });

  it('does not deadlock when carts hold the same products in another order', async () => {
    const products = await Promise.all([
      shop.addProduct({ stock: 1_000 }),
      shop.addProduct({ stock: 1_000 }),
      shop.addProduct({ stock: 1_000 }),
    ]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const customer = await shop.customer();
        const order = index % 2 ? products : products.toReversed();
        for (const product of order) await customer.fillCart(product, 2);
        return customer.checkout();
      }),
    );
    expect(answers.map(answer => answer.status)).toEqual(Array(20).fill(201));
    expect(await Promise.all(products.map(id => shop.stockOf(id)))).toEqual([
      960, 960, 960,
    ]);
  });

  it('answers a replay with the same order, also while the first one is running', async () => {
    const product = await shop.addProduct({ stock: 10, priceCents: 250 });
    const customer = await shop.customer();
    await customer.fillCart(product, 3);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => customer.checkout(key)),
    );
    const later = await customer.checkout(key);

    expect([...answers, later].map(answer => answer.status)).toEqual(
      Array(6).fill(201),
    );
    const ids = new Set([...answers, later].map(answer => answer.body.id));
    expect(ids.size).toBe(1);
    expect(later.headers['idempotency-replayed']).toBe('true');
    expect(later.body).toMatchObject({ totalCents: 750, status: 'placed' });
    expect(await shop.stockOf(product)).toBe(7);
  });

  it('refuses a key that was used for other addresses', async () => {
    const customer = await shop.customer();
    await customer.fillCart(await shop.addProduct());
    const key = randomUUID();
    expect((await customer.checkout(key)).status).toBe(201);
    const other = { shippingAddress: { ...address, city: 'Bonn' } };
    expect(await customer.checkout(key, other)).toMatchObject({
      status: 422,
      body: { title: 'Idempotency conflict' },
    });
  });

  it('refuses a key that was used for an earlier cart, also one with the same content', async () => {
    const product = await shop.addProduct({ stock: 10 });
    const customer = await shop.customer();
    await customer.fillCart(product, 2);
    const key = randomUUID();
    expect((await customer.checkout(key)).status).toBe(201);
    await customer.fillCart(product, 2);

    expect(await customer.checkout(key)).toMatchObject({
      status: 422,
      body: {
        title: 'Idempotency conflict',
        detail: 'This Idempotency-Key was used for another checkout',
      },
    });
    expect((await customer.checkout()).status).toBe(201);
    expect(await shop.stockOf(product)).toBe(6);
  });

  it('buys a cart once, even with two keys at the same moment', async () => {
    const product = await shop.addProduct({ stock: 10 });
    const customer = await shop.customer();
    await customer.fillCart(product, 2);
    const answers = await Promise.all([
      customer.checkout(),
      customer.checkout(),
    ]);

    expect(answers.map(answer => answer.status).sort()).toEqual([201, 409]);
    expect(await shop.stockOf(product)).toBe(8);
  });

  it('refuses prices from the client', async () => {
    const product = await shop.addProduct({ priceCents: 9_900 });
    const customer = await shop.customer();
    const inCart = await customer.request('PUT', `/api/cart/items/${product}`, {
      quantity: 1,
      priceCents: 1,
    });
    expect(inCart.status).toBe(400);
    await customer.fillCart(product);
    expect((await customer.checkout(undefined, { totalCents: 1 })).status).toBe(
      400,
    );
    expect((await customer.checkout()).body.totalCents).toBe(9_900);
  });

  it('refuses a price that the customer did not see, until it was shown', async () => {
    const product = await shop.addProduct({ priceCents: 500 });
    const customer = await shop.customer();
    await customer.fillCart(product);
    await database.query(
      `UPDATE products SET price_cents = 700 WHERE id = '${product}'`,
    );
    expect(await customer.checkout()).toMatchObject({
      status: 409,
      body: {
        title: 'Cart changed',
        detail:
          'The cart or a price changed after it was shown. Check the cart, then place the order again',
      },
    });
    expect(await shop.stockOf(product)).toBe(10);

    expect((await customer.readCart()).body.totalCents).toBe(700);
    const { body } = await customer.checkout();
    expect(body).toMatchObject({
      totalCents: 700,
      items: [{ priceCents: 700 }],
    });
  });

  it('refuses a cart that another device has changed', async () => {
    const product = await shop.addProduct({ stock: 10 });
    const customer = await shop.customer();
    await customer.fillCart(product);
    const other = shop.visitor();
    await other.signIn(customer.email);
    await other.fillCart(product, 3);
    expect(await customer.checkout()).toMatchObject({
      status: 409,
      body: { title: 'Cart changed' },
    });
    expect((await customer.readCart()).body.items).toMatchObject([
      { quantity: 3 },
    ]);
    expect(await shop.stockOf(product)).toBe(10);
  });

  it.each([
    [undefined, "body must have required property 'cartVersion'"],
    ['', 'body/cartVersion must match pattern "^[A-Za-z0-9_-]{43}$"'],
    [7, 'body/cartVersion must match pattern "^[A-Za-z0-9_-]{43}$"'],
  ])('refuses the cart version %j', async (cartVersion, detail) => {
    const customer = await shop.customer();
    await customer.fillCart(await shop.addProduct());
    const answer = await customer.checkout(undefined, { cartVersion });
    expect(answer).toMatchObject({
      status: 400,
      body: { title: 'Invalid request', detail },
    });
  });

  it.each([-1, 0, 100, 1e9, 1.5, '2x', null])(
    'refuses the quantity %s',
    async quantity => {
      const product = await shop.addProduct();
      const customer = await shop.customer();
      const answer = await customer.request(
        'PUT',
        `/api/cart/items/${product}`,
        { quantity },
      );
      expect(answer.status).toBe(400);
      expect(String(answer.headers['content-type'])).toContain('problem+json');
      expect((await customer.request('GET', '/api/cart')).body.items).toEqual(
        [],
      );
    },
  );

  it('names the product of which too few are left, and changes nothing', async () => {
    const [scarce, plenty] = [
      await shop.addProduct({ stock: 2, name: 'Scarce mug' }),
      await shop.addProduct({ stock: 50 }),
    ];
    const customer = await shop.customer();
    await customer.fillCart(plenty, 5);
    await customer.fillCart(scarce, 3);
    expect(await customer.checkout()).toMatchObject({
      status: 409,
      body: {
        title: 'Out of stock',
        detail: 'Scarce mug: 2 left. Change the quantity in the cart',
      },
    });
    expect(await shop.stockOf(plenty)).toBe(50);
    const cart = await customer.request('GET', '/api/cart');
    expect(cart.body.items).toHaveLength(2);
  });

  it('refuses an empty cart, a missing key and a guest', async () => {
    const customer = await shop.customer();
    expect((await customer.checkout()).status).toBe(409);
    const body = { shippingAddress: address, billingAddress: address };
    const withoutKey = await customer.request('POST', '/api/orders', body);
    expect(withoutKey.status).toBe(400);
    expect((await shop.visitor().checkout()).status).toBe(401);
  });

  it('does not sell a hidden product', async () => {
    const product = await shop.addProduct();
    const customer = await shop.customer();
    await customer.fillCart(product);
    await database.query(
      `UPDATE products SET active = false WHERE id = '${product}'`,
    );
    expect((await customer.checkout()).status).toBe(409);
    expect((await customer.fillCart(product)).status).toBe(404);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from '../support/Shop.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { address, password, type Visitor } from '../support/Visitor.js';

interface Device {
  readonly id: string;
  readonly current: boolean;
}

async function devicesOf(visitor: Visitor): Promise<Device[]> {
  const { body } = await visitor.request('GET', '/api/sessions');
  return body as unknown as Device[];
}

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await Shop.open(database, {
    SIGN_IN_FAILURES_PER_ACCOUNT: 3,
    SIGN_IN_FAILURES_PER_ADDRESS: 12,
  });
});

afterAll(async () => {
  await shop.close();
  await database.drop();
});

describe('sessions', () => {
  it('gives a new token at sign-in, so that a planted one is worthless', async () => {
    const { email } = await shop.customer();
    const attacker = shop.visitor();
    await attacker.fillCart(await shop.addProduct());
    const planted = attacker.cookie;

    const victim = shop.visitor();
    victim.cookie = planted;
    expect((await victim.signIn(email)).status).toBe(200);
    expect(victim.cookie).not.toBe(planted);
    expect(
      (await attacker.request('GET', '/api/session')).body.user,
    ).toBeNull();
    expect((await attacker.request('GET', '/api/orders')).status).toBe(401);
  });

  it('ignores a token that the service did not make', async () => {
    const visitor = shop.visitor();
    visitor.cookie = `session=${'x'.repeat(43)}`;
    await visitor.fillCart(await shop.addProduct());
    expect(visitor.cookie).not.toContain('xxx');
  });

  it('stores only a hash of the token', async () => {
    const customer = await shop.customer();
    const [row] = await database.query<{ rows: string }>(
      `SELECT string_agg(sessions::text, ' ') AS rows FROM sessions`,
    );
    expect(row?.rows).not.toContain(customer.cookie.split('=')[1]);
    expect(customer.cookie).toMatch(/^session=[\w-]{43}$/);
  });

  it('sends the cookie with every protection outside a developer machine', async () => {
    const secure = await Shop.open(database, { SESSION_COOKIE_SECURE: true });
    const answer = await secure.visitor().signUp('secure@example.com');
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await secure.close();
  });

  it('lists devices and signs out one of them, or all', async () => {
    const first = await shop.customer();
    const second = shop.visitor();
    await second.signIn(first.email);
    const devices = await devicesOf(first);
    expect(devices).toHaveLength(2);
    expect(devices.filter(row => row.current)).toHaveLength(1);
    expect(devices[0]).toMatchObject({
      ipAddress: '127.0.0.1',
      userAgent: 'lightMyRequest',
    });

    const other = devices.find(row => !row.current)?.id ?? '';
    await first.request('DELETE', `/api/sessions/${other}`);
    expect((await second.request('GET', '/api/sessions')).status).toBe(401);
    await second.signIn(first.email);
    await first.request('DELETE', '/api/sessions');
    expect((await second.request('GET', '/api/sessions')).status).toBe(401);
  });

  it("does not end another user's session", async () => {
    const [ada, eve] = [await shop.customer(), await shop.customer()];
    const [device] = await devicesOf(ada);
    const answer = await eve.request('DELETE', `/api/sessions/${device?.id}`);
    expect(answer.status).toBe(404);
    expect((await ada.request('GET', '/api/sessions')).status).toBe(200);
  });

  it('signs other devices out when the password changes', async () => {
    const ada = await shop.customer();
    const thief = shop.visitor();
    await thief.signIn(ada.email);
    const change = { current: password, new: 'another long password' };
    expect(
      (await ada.request('PUT', '/api/profile/password', change)).status,
    ).toBe(204);
    expect((await thief.request('GET', '/api/profile')).status).toBe(401);
    expect((await ada.request('GET', '/api/profile')).status).toBe(200);
    expect((await thief.signIn(ada.email)).status).toBe(401);
  });
});

describe('guessing', () => {
  it('is slowed down per account, on all instances together, also for the right password', async () => {
    const { email } = await shop.customer();
    const other = await Shop.open(database, {
      SIGN_IN_FAILURES_PER_ACCOUNT: 3,
    });
    const statuses = [];
    for (const instance of [shop, other, shop, other]) {
      const answer = await instance.visitor().signIn(email, 'wrong password');
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);

    const right = await other.visitor().signIn(email.toUpperCase());
    expect(right.status).toBe(429);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(800);
    expect(right.body.title).toBe('Too many attempts');
    await other.close();
  });

  it('is slowed down per address over many accounts, however many at once', async () => {
    await database.query(`TRUNCATE attempts`);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        shop.visitor().signIn(`nobody${index}@example.com`, 'guess'),
      ),
    );
    const refused = answers.filter(answer => answer.status === 429);
    expect(refused).toHaveLength(18);
    await database.query(`TRUNCATE attempts`);
  });

  it.each(['SIGN_UPS_PER_ADDRESS', 'GUESTS_PER_ADDRESS'])(
    '%s limits what visitors of one address start',
    async setting => {
      await database.query(`TRUNCATE attempts`);
      const product = await shop.addProduct();
      const limited = await Shop.open(database, { [setting]: 2 });
      const start = (index: number) =>
        setting === 'GUESTS_PER_ADDRESS'
          ? limited.visitor().fillCart(product)
          : limited.visitor().signUp(`${setting}${index}@example.com`);
      const statuses = [(await start(1)).status, (await start(2)).status];
      expect(new Set(statuses).size).toBe(1);
      expect(statuses[0]).toBeLessThan(300);
      expect(await start(3)).toMatchObject({
        status: 429,
        body: {
          title: 'Too many attempts',
          detail: expect.stringMatching(
            /^Too many attempts\. Try again in 3[56]\d\d s$/,
          ) as string,
        },
        headers: {
          'retry-after': expect.stringMatching(/^3[56]\d\d$/) as string,
        },
      });
      await limited.close();
      await database.query(`TRUNCATE attempts`);
    },
  );

  it('gets the same answer for an unknown account and a wrong password', async () => {
    const { email } = await shop.customer();
    const wrong = await shop.visitor().signIn(email, 'wrong password');
    const unknown = await shop.visitor().signIn('x@example.com', 'wrong');
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
  });

  it('does not count sign-ins that succeed', async () => {
    await database.query(`TRUNCATE attempts`);
    const { email } = await shop.customer();
    for (let turn = 0; turn < 15; turn += 1) {
      expect((await shop.visitor().signIn(email)).status).toBe(200);
    }
  });
});

describe('accounts', () => {
  it('has one account for each email address, in any case', async () => {
    const { email } = await shop.customer();
    const again = await shop.visitor().signUp(email.toUpperCase());
    expect(again).toMatchObject({
      status: 409,
      body: { title: 'Account exists' },
    });
  });

  it('nobody becomes an administrator by signing up', async () => {
    const answer = await shop.visitor().request('POST', '/api/accounts', {
      email: 'eve@example.com',
      name: 'Eve',
      password,
      role: 'admin',
    });
    expect(answer.status).toBe(400);
    const eve = await shop.customer();
    expect((await eve.request('GET', '/api/admin/products')).status).toBe(403);
  });

  it('stores markup in names and addresses as text', async () => {
    const markup = `<script>alert(1)</script>"><img src=x onerror=alert(2)>`;
    const customer = await shop.customer();
    await customer.request('PATCH', '/api/profile', { name: markup });
    const addresses = { shipping: { ...address, line1: markup } };
    await customer.request('PUT', '/api/profile/addresses', addresses);

    const answer = await customer.request('GET', '/api/profile');
    expect(answer.body).toMatchObject({ user: { name: markup }, addresses });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining(
        "script-src 'self'",
      ) as string,
    });
  });

  it.each([
    ['a NUL', { ...address, city: 'a\u0000b' }],
    ['only spaces', { ...address, city: '   ' }],
    ['no country', { ...address, country: undefined }],
    ['a country that is not a code', { ...address, country: 'Germany' }],
    ['a long line', { ...address, line1: 'x'.repeat(201) }],
    ['an unknown field', { ...address, vip: true }],
  ])('refuses an address with %s', async (_what, shipping) => {
    const customer = await shop.customer();
    const answer = await customer.request('PUT', '/api/profile/addresses', {
      shipping,
    });
    expect(answer.status).toBe(400);
  });
});

describe('requests of other sites', () => {
  it.each([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:80' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ])('are refused: %o', async headers => {
    const customer = await shop.customer();
    const answer = await customer.request(
      'DELETE',
      '/api/sessions',
      undefined,
      headers,
    );
    expect(answer).toMatchObject({
      status: 403,
      body: { title: 'Cross-origin request' },
    });
    expect((await customer.request('GET', '/api/profile')).status).toBe(200);
  });

  it("accepts the shop's own page", async () => {
    const customer = await shop.customer();
    const answer = await customer.request(
      'PATCH',
      '/api/profile',
      { name: 'Ada' },
      { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' },
    );
    expect(answer.status).toBe(200);
  });
});

import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { PortAllocator } from '../ports/PortAllocator';
import { VisitorLoad, visitorsAt } from './VisitorLoad';

const ports = new PortAllocator(24_790, 20);
const product = { id: 'p1', slug: 'mug', stock: 3 };

describe('VisitorLoad', () => {
  let server: Server;
  let load: VisitorLoad;
  let asked: string[];
  /** Tokens of signed-in sessions. */
  let accounts: Set<string>;
  let brokenWith: number | undefined;
  /** Carts that visitors bought, by their versions. */
  let bought: string[];

  beforeEach(async () => {
    asked = [];
    bought = [];
    accounts = new Set();
    brokenWith = undefined;
    server = createServer(async (req, res) => {
      let text = '';
      for await (const chunk of req) text += chunk;
      const body = text ? JSON.parse(text) : {};
      const signedIn = Boolean(req.headers.cookie);
      asked.push(`${req.method} ${req.url}${signedIn ? ' as user' : ''}`);
      const answer = (status: number, content: object, cookie?: string) =>
        res
          .writeHead(status, {
            ...(cookie && { 'set-cookie': `session=${cookie}; Path=/` }),
          })
          .end(JSON.stringify(content));
      if (brokenWith) {
        answer(brokenWith, {});
      } else if (req.url === '/api/session' && !accounts.has(body.email)) {
        answer(401, {});
      } else if (req.url === '/api/session' || req.url === '/api/accounts') {
        accounts.add(body.email);
        answer(req.url === '/api/session' ? 200 : 201, {}, 'token');
      } else {
        if (body.cartVersion) bought.push(body.cartVersion);
        answer(200, { items: [product], version: 'cart-1' });
      }
    });
    const port = await ports.next();
    await new Promise<void>(done => server.listen(port, '127.0.0.1', done));
    // The dice always show a visitor who buys.
    load = new VisitorLoad({ port, amount: 1, random: () => 0.01 });
    load.start();
  });

  afterEach(() => {
    load.stop();
    server.closeAllConnections();
    server.close();
  });

  const until = async (condition: () => boolean) => {
    const deadline = Date.now() + 20_000;
    while (!condition() && Date.now() < deadline) await sleep(20);
    expect(condition()).toBe(true);
  };

  it('signs up once, then browses and buys as this user', async () => {
    await until(() => asked.includes('GET /api/orders as user'));
    expect(asked.slice(0, 8)).toEqual([
      'POST /api/session',
      'POST /api/accounts',
      'GET / as user',
      'GET /api/products?limit=24 as user',
      'GET /api/products/mug as user',
      'PUT /api/cart/items/p1 as user',
      'GET /api/cart as user',
      'POST /api/orders as user',
    ]);
    expect(bought[0]).toBe('cart-1');
    expect(load.visitors).toBe(1);
  }, 30_000);

  it('comes back with the account after the service was away', async () => {
    await until(() => accounts.size === 1);
    brokenWith = 401;
    await until(
      () => asked.filter(line => line === 'POST /api/session').length > 1,
    );
    brokenWith = undefined;
    await until(
      () =>
        asked.lastIndexOf('GET /api/products?limit=24 as user') >
        asked.lastIndexOf('POST /api/session'),
    );
    expect(accounts.size).toBe(1);
  }, 60_000);
});

describe('visitorsAt', () => {
  it('rises to the peak and falls to one visitor', () => {
    const minutes = [0, 1.25, 2.5, 3.75, 5];
    expect(minutes.map(m => visitorsAt(m * 60_000, 18))).toEqual([
      1, 9, 18, 9, 1,
    ]);
    expect(visitorsAt(150_000, 0)).toBe(0);
  });
});

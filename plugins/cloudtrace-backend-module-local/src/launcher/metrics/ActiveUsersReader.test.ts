import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ActiveUsersReader } from './ActiveUsersReader';

describe('ActiveUsersReader', () => {
  const servers: Server[] = [];
  let nowMs = 0;
  let reader: ActiveUsersReader;

  const listen = async (listener: RequestListener) => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  };
  const reports = (body: unknown, status = 200) =>
    listen((req, res) => {
      const found = req.url === '/healthz/scaling';
      res.writeHead(found ? status : 404).end(JSON.stringify(body));
    });

  beforeEach(() => {
    nowMs = 1_000_000;
    reader = new ActiveUsersReader({ now: () => nowMs });
  });

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('knows nothing before an instance answers', async () => {
    expect(reader.users).toBeUndefined();
    const port = await listen((_req, res) => res.destroy());
    await reader.read([port]);
    expect(reader.users).toBeUndefined();
  });

  it('reads the number that each instance counts for the whole service', async () => {
    const ports = [await reports({ activeUsers: 9, windowSeconds: 30 })];
    ports.push(await reports({ activeUsers: 10 }));
    await reader.read(ports);
    expect(reader.users).toBe(10);
  });

  it('reports zero only if an instance counted zero', async () => {
    await reader.read([await reports({ activeUsers: 0 })]);
    expect(reader.users).toBe(0);
  });

  it.each([
    ['an error', { activeUsers: 3 }, 500],
    ['a text', { activeUsers: '3' }, 200],
    ['a negative number', { activeUsers: -1 }, 200],
    ['a list', [], 200],
  ])('takes %s as unknown', async (_what, body, status) => {
    await reader.read([await reports(body, status)]);
    expect(reader.users).toBeUndefined();
  });

  it('keeps an answer for ten seconds, and forgets instances that are gone', async () => {
    const port = await reports({ activeUsers: 5 });
    await reader.read([port]);
    servers.splice(0).forEach(server => {
      server.closeAllConnections();
      server.close();
    });
    nowMs += 9_000;
    await reader.read([port]);
    expect(reader.users).toBe(5);
    nowMs += 1_000;
    expect(reader.users).toBeUndefined();

    const other = await reports({ activeUsers: 2 });
    await reader.read([other]);
    await reader.read([]);
    expect(reader.users).toBeUndefined();
  });
});

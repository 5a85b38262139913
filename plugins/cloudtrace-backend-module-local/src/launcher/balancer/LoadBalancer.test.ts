import { once } from 'node:events';
import {
  createServer,
  request,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HealthChecker } from './HealthChecker';
import { LoadBalancer } from './LoadBalancer';
import { TargetPool } from './TargetPool';
import { PortAllocator } from '../ports/PortAllocator';

const ports = new PortAllocator(24_100, 100);

function send(
  port: number,
  options: { method?: string; path?: string; body?: string } = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        agent: false,
        method: options.method ?? 'GET',
        path: options.path ?? '/',
        headers: options.body
          ? { 'content-length': Buffer.byteLength(options.body) }
          : {},
      },
      response => {
        let body = '';
        response.on('data', chunk => (body += chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            body,
            headers: response.headers,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

describe('LoadBalancer', () => {
  const servers: Server[] = [];
  let pool: TargetPool;
  let balancer: LoadBalancer;
  let port: number;

  const register = (instanceId: string, targetPort: number) => {
    const target = pool.register({ instanceId, zone: 'a', port: targetPort });
    pool.record(target, { ok: true });
    return target;
  };
  const startTarget = async (instanceId: string, listener: RequestListener) => {
    const server = createServer(listener);
    servers.push(server);
    const targetPort = await ports.next();
    await new Promise<void>(resolve =>
      server.listen(targetPort, '127.0.0.1', resolve),
    );
    return register(instanceId, (server.address() as AddressInfo).port);
  };

  beforeEach(async () => {
    pool = new TargetPool({
      thresholds: { healthyThreshold: 1, unhealthyThreshold: 2, graceMs: 0 },
    });
    balancer = new LoadBalancer({ pool });
    port = await ports.next();
    await balancer.listen(port);
  });

  afterEach(async () => {
    await balancer.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('connects WebSockets and closes them with the target', async () => {
    const target = await startTarget('i1', (_req, res) => res.end());
    servers[0].on('upgrade', (req, socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nx-path: ${req.url}\r\n\r\n`,
      );
      socket.on('data', chunk => socket.end(`echo ${chunk}`));
    });
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: '/live',
      headers: { connection: 'upgrade', upgrade: 'websocket' },
    }).end();
    const [response, socket] = await once(outgoing, 'upgrade');
    expect(response.headers['x-path']).toBe('/live');
    expect(target.outstanding).toBe(1);
    socket.write('hello');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toBe('echo hello');
    await once(socket, 'close');
    // The other end of the connection closes a moment later.
    while (target.outstanding > 0) await sleep(10);
  });

  it('refuses a WebSocket without a target', async () => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      headers: { connection: 'upgrade', upgrade: 'websocket' },
    }).end();
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(503);
  });

  it('spreads requests and forwards their origin', async () => {
    for (const name of ['i1', 'i2', 'i3']) {
      await startTarget(name, (req, res) =>
        res.end(`${name} ${req.headers['x-forwarded-for']}`),
      );
    }
    const answers = [];
    for (let i = 0; i < 9; i++) answers.push((await send(port)).body);
    expect(new Set(answers).size).toBe(3);
    for (const name of ['i1', 'i2', 'i3']) {
      expect(answers.filter(body => body === `${name} 127.0.0.1`)).toHaveLength(
        3,
      );
    }
    expect(balancer.outstanding).toBe(0);
  });

  it('sends a request that no target accepted to another one, including its body, and learns from the failure', async () => {
    const dead = register('dead', await ports.next());
    await startTarget('alive', (req, res) => {
      let body = '';
      req.on('data', chunk => (body += chunk));
      req.on('end', () =>
        res.writeHead(201).end(`${body} ${req.headers['x-forwarded-for']}`),
      );
    });
    for (let i = 0; i < 6; i++) {
      await expect(
        send(port, { method: 'POST', body: `order ${i}` }),
      ).resolves.toMatchObject({ status: 201, body: `order ${i} 127.0.0.1` });
    }
    expect(dead.state).toBe('unhealthy');
    expect(balancer.outstanding).toBe(0);
  });

  it('retries a read if its target breaks, but never a write', async () => {
    let broken = 0;
    await startTarget('breaks', req => {
      broken += 1;
      req.socket.destroy();
    });
    await startTarget('works', (_req, res) => res.end('fine'));
    for (let i = 0; i < 4; i++) {
      expect((await send(port)).status).toBe(200);
    }
    expect(broken).toBeGreaterThan(0);
    broken = 0;
    const writes = [];
    for (let i = 0; i < 4; i++) {
      writes.push(await send(port, { method: 'POST', body: 'x' }));
    }
    expect(writes.filter(({ status }) => status === 502)).toHaveLength(broken);
    expect(broken).toBe(2);
  });

  it('lets requests finish on a draining target, and sends it no new ones', async () => {
    let finish = () => {};
    const slow = await startTarget('slow', (_req, res) => {
      finish = () => res.end('slow answer');
    });
    const pending = send(port);
    while (slow.outstanding === 0) await new Promise(r => setTimeout(r, 5));
    pool.drain(slow);
    await startTarget('other', (_req, res) => res.end('other'));
    expect((await send(port)).body).toBe('other');
    expect(slow.outstanding).toBe(1);
    finish();
    expect((await pending).body).toBe('slow answer');
    expect(slow.outstanding).toBe(0);
  });

  it('breaks the response off if the target dies during it', async () => {
    const target = await startTarget('dies', (_req, res) => {
      res.writeHead(200, { 'content-length': '1000' });
      res.write('beginning');
      setTimeout(() => res.destroy(), 20);
    });
    await expect(send(port)).rejects.toThrow();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(target.outstanding).toBe(0);
  });

  it('responds with 503 without targets', async () => {
    expect(await send(port)).toMatchObject({
      status: 503,
      body: expect.stringContaining('no target'),
    });
  });

  it('follows the health checks', async () => {
    let status = 503;
    const target = await startTarget('i1', (_req, res) => {
      res.writeHead(status).end();
    });
    const checker = new HealthChecker(pool, {
      path: '/healthz/serving',
      intervalMs: 1_000,
      timeoutMs: 500,
    });
    await checker.checkAll();
    await checker.checkAll();
    expect(target).toMatchObject({
      state: 'unhealthy',
      health: {
        reasonCode: 'Target.ResponseCodeMismatch',
        reason: 'Health checks failed with these codes: [503]',
      },
    });
    status = 204;
    await checker.checkAll();
    expect(target.state).toBe('healthy');
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastDirectory, processIdentity } from '@internal/dev-servers';
import { Client } from 'pg';
import { readControlFile } from './protocol/controlFile';
import { FleetClient } from './protocol/FleetClient';
import type { FleetState } from './protocol/types';

/*
 * The launcher as `npm run dev` starts it, with the template's real service, a
 * real PostgreSQL pair, and a portal mock that issues tokens and counts what
 * the service's OpenTelemetry SDK sends.
 */

jest.setTimeout(180_000);

const script = join(__dirname, '../../../scripts/fleet.mjs');
const PORT_BASE = 25_000;
const PORTAL_PORT = 24_990;

/** Responds to the portal requests of the launcher and the exporters. */
class PortalStandIn {
  readonly tokensMade: string[] = [];
  tracesReceived = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (req, res) => {
      let bytes = 0;
      for await (const chunk of req) bytes += chunk.length;
      const answer = (status: number, body: object) =>
        res
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
      const path = req.url ?? '';
      if (path === '/.backstage/health/v1/readiness') {
        answer(200, { status: 'ok' });
      } else if (path === '/api/auth/guest/refresh') {
        answer(200, { backstageIdentity: { token: 'guest-token' } });
      } else if (
        path.endsWith('/component/default/request-tracker-demo/tokens')
      ) {
        if (req.headers.authorization !== 'Bearer guest-token') {
          answer(401, {});
          return;
        }
        this.tokensMade.push('ctk_test');
        answer(201, { token: {}, secret: 'ctk_test' });
      } else if (path === '/api/cloudtrace/otlp/v1/traces') {
        if (req.headers.authorization !== 'Bearer ctk_test') {
          answer(401, {});
          return;
        }
        if (req.headers['content-type'] === 'application/x-protobuf' && bytes) {
          this.tracesReceived += 1;
          res
            .writeHead(200, { 'content-type': 'application/x-protobuf' })
            .end();
          return;
        }
        answer(200, {});
      } else {
        answer(404, {});
      }
    });
  }

  listen = () =>
    new Promise<void>(resolve =>
      this.#server.listen(PORTAL_PORT, '127.0.0.1', resolve),
    );

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Sends one request after another and counts the responses. */
class Traffic {
  readonly statuses: number[] = [];
  readonly instances = new Set<string>();
  #running = true;
  readonly #done: Promise<unknown>;

  constructor(url: string) {
    this.#done = Promise.all([this.#loop(url), this.#loop(url)]);
  }

  async stop() {
    this.#running = false;
    await this.#done;
  }

  get failures() {
    return this.statuses.filter(status => status === 0 || status >= 500);
  }

  async #loop(url: string) {
    while (this.#running) {
      await new Promise<void>(resolve => {
        const outgoing = request(`${url}/requests?limit=1`, response => {
          response.resume();
          this.statuses.push(response.statusCode ?? 0);
          this.instances.add(String(response.headers['x-instance-id']));
          response.on('close', () => resolve());
        });
        outgoing.on('error', () => {
          this.statuses.push(0);
          resolve();
        });
        outgoing.end();
      });
      await sleep(100);
    }
  }
}

describe('the local fleet', () => {
  const directory = mkdtempSync(join(fastDirectory(), 'fleet-'));
  const client = new FleetClient(directory);
  const portal = new PortalStandIn();
  let launcher: ChildProcess;
  let output = '';

  const start = () => {
    output = '';
    launcher = spawn(
      process.execPath,
      [
        script,
        'run',
        `--data=${directory}`,
        `--portal=http://127.0.0.1:${PORTAL_PORT}`,
        `--port-base=${PORT_BASE}`,
        `--control-port=${PORT_BASE - 1}`,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    launcher.stdout!.on('data', chunk => (output += chunk));
    launcher.stderr!.on('data', chunk => (output += chunk));
  };
  const until = async (
    what: string,
    condition: (state: FleetState) => boolean,
    timeoutMs = 60_000,
  ): Promise<FleetState> => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const state = await client.state().catch(() => undefined);
      if (state && condition(state)) return state;
      if (Date.now() > deadline) {
        throw new Error(
          `Timed out waiting for: ${what}\n${JSON.stringify(
            state,
            null,
            1,
          )}\n${output}`,
        );
      }
      await sleep(100);
    }
  };
  const demo = (state: FleetState) => state.services[0];
  const inService = (state: FleetState) =>
    demo(state).instances.filter(i => i.state === 'in-service');
  const settled = (state: FleetState) =>
    demo(state)?.status === 'running' &&
    inService(state).length === 3 &&
    state.database.servers.every(server => server.state === 'running');
  const pids = (state: FleetState) => [
    state.launcherPid,
    ...demo(state)
      .instances.filter(i => i.state !== 'terminated')
      .map(i => i.pid!),
    ...state.database.servers.map(server => server.pid!),
  ];
  const cli = (...args: string[]) =>
    new Promise<{ code: number | null; text: string }>(resolve => {
      const child = spawn(process.execPath, [
        script,
        ...args,
        `--data=${directory}`,
      ]);
      let text = '';
      child.stdout.on('data', chunk => (text += chunk));
      child.stderr.on('data', chunk => (text += chunk));
      child.on('close', code => resolve({ code, text }));
    });
  const ended = (processes: number[]) => async () => {
    const deadline = Date.now() + 15_000;
    const alive = () =>
      processes.filter(pid => processIdentity(pid) !== undefined);
    while (alive().length && Date.now() < deadline) await sleep(100);
    return alive();
  };

  beforeAll(async () => {
    await portal.listen();
    start();
    await until('three instances and both database servers', settled, 120_000);
  });

  afterAll(async () => {
    const exited = new Promise(resolve => launcher.once('exit', resolve));
    if (launcher.exitCode === null && launcher.signalCode === null) {
      launcher.kill('SIGTERM');
      await exited;
    }
    portal.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('spreads load over both zones and sends telemetry with its token', async () => {
    const state = await until('load', s => demo(s).load.requestsPerSecond > 5);
    expect(new Set(inService(state).map(i => i.zone))).toEqual(
      new Set(['local-a', 'local-b']),
    );
    expect(portal.tokensMade).toHaveLength(1);
    const deadline = Date.now() + 10_000;
    while (!portal.tracesReceived && Date.now() < deadline) await sleep(100);
    expect(portal.tracesReceived).toBeGreaterThan(0);
    const { code, text } = await cli('status');
    expect(code).toBe(0);
    for (const { instanceId } of inService(state)) {
      expect(text).toContain(instanceId);
    }
  });

  it('lets instances log in with rights on rows only', async () => {
    const { database } = await client.state();
    const server = new Client({
      host: '127.0.0.1',
      port: database.endpointPort,
      user: 'postgres',
      password: readFileSync(join(directory, 'database/password'), 'utf8'),
      database: 'request_tracker_demo',
    });
    await server.connect();
    try {
      const { rows } = await server.query(
        `SELECT DISTINCT usename, pg_has_role(usename, 'service_owner', 'MEMBER') AS owner,
                has_table_privilege(usename, 'requests', 'INSERT') AS writes,
                has_table_privilege(usename, 'requests', 'TRUNCATE') AS truncates
         FROM pg_stat_activity WHERE application_name = 'request-tracker-demo'`,
      );
      expect(rows).toEqual([
        {
          usename: 'service_application_a',
          owner: false,
          writes: true,
          truncates: false,
        },
      ]);
    } finally {
      await server.end();
    }
  });

  it('replaces a killed instance and loses no more than the requests in flight', async () => {
    const before = await client.state();
    const [victim] = inService(before);
    // Low enough that the two remaining instances can handle it.
    await client.setLoad(5);
    const traffic = new Traffic(demo(before).url!);
    await sleep(500);
    const killed = await cli(
      'kill',
      victim.instanceId.slice('local-i-'.length),
    );
    expect(killed).toMatchObject({
      code: 0,
      text: expect.stringContaining(victim.instanceId),
    });
    await until('an unhealthy target', state =>
      demo(state).targets.some(
        target =>
          target.instanceId === victim.instanceId &&
          target.state === 'unhealthy',
      ),
    );
    const after = await until(
      'the replacement',
      state =>
        inService(state).length === 3 &&
        !inService(state).some(i => i.instanceId === victim.instanceId),
      15_000,
    );
    const replacement = inService(after).find(
      i => !inService(before).some(b => b.instanceId === i.instanceId),
    )!;
    const deadline = Date.now() + 5_000;
    while (
      !traffic.instances.has(replacement.instanceId) &&
      Date.now() < deadline
    ) {
      await sleep(50);
    }
    await traffic.stop();
    expect(traffic.instances).toContain(replacement.instanceId);
    expect(traffic.statuses.length).toBeGreaterThan(40);
    // At most two requests were in flight.
    expect(traffic.failures.length).toBeLessThanOrEqual(2);

    const { services } = await client.history();
    const { activities } = services['request-tracker-demo'];
    expect(activities).toContainEqual(
      expect.objectContaining({
        kind: 'launch',
        status: 'successful',
        causeKind: 'health-replacement',
        cause: expect.stringContaining(victim.instanceId),
      }),
    );
  });

  it('scales out when the load rises', async () => {
    expect((await cli('load', '75')).code).toBe(0);
    await until('more instances', state => inService(state).length > 3, 40_000);
    const { services } = await client.history();
    expect(services['request-tracker-demo'].activities).toContainEqual(
      expect.objectContaining({
        kind: 'launch',
        causeKind: 'policy',
        cause: expect.stringMatching(
          /request rate \d+(\.\d)?\/s per instance > 15\/s target/,
        ),
        fromCapacity: 3,
      }),
    );
    await cli('load', '15');
  });

  it('survives the loss of a zone with its primary database', async () => {
    const primary = (state: FleetState) =>
      state.database.servers.find(({ role }) => role === 'primary')!;
    const before = await client.state();
    const { zone } = primary(before);
    const bounds = { from: inService(before).length };
    expect((await cli('stop-zone', zone)).code).toBe(0);
    const after = await until(
      'everything in the other zone',
      state =>
        primary(state).zone !== zone &&
        inService(state).length >= Math.min(3, bounds.from) &&
        inService(state).every(i => i.zone !== zone) &&
        demo(state).load.errorsPerSecond === 0,
      40_000,
    );
    expect(primary(after).state).toBe('running');
    const { database } = await client.history();
    expect(database.events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'failover-completed',
          fromZone: zone,
        }),
      ]),
    );
    expect(await cli('stop-zone', zone)).toMatchObject({
      code: 1,
      text: expect.stringContaining('already stopped'),
    });
    expect((await cli('start-zone', zone)).code).toBe(0);
    await until(
      'both zones in use and a standby',
      state =>
        new Set(inService(state).map(i => i.zone)).size === 2 &&
        state.database.servers.every(server => server.state === 'running'),
      60_000,
    );
    expect((await cli('db-failover')).code).toBe(0);
    await until(
      'the primary back where it was',
      state =>
        primary(state).zone === zone &&
        state.database.servers.every(server => server.state === 'running'),
      30_000,
    );
  });

  it('explains what is wrong with a command', async () => {
    const wrong = await Promise.all([
      cli('kill', 'nothing'),
      cli('load', '100000'),
      cli('stop-zone', 'mars'),
      cli('stop-service', 'nothing'),
      cli('kill'),
      cli('dance'),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([1, 1, 1, 1, 2, 2]);
    for (const [index, text] of [
      'No running instance named "nothing"',
      'between 0 and 200',
      'local-a and local-b',
      'request-tracker-demo',
      'needs the id of an instance',
      'Unknown command "dance"',
    ].entries()) {
      expect(wrong[index].text).toContain(text);
    }
  });

  it('responds only to callers with the secret, and only under its own address', async () => {
    const { url, secret } = readControlFile(directory)!;
    const status = (headers: Record<string, string>) =>
      new Promise<number | undefined>(resolve => {
        request(`${url}/v1/state`, { headers }, response => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    const authorization = `Bearer ${secret}`;
    expect(await status({ authorization })).toBe(200);
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await status({ authorization, host: 'evil.example' })).toBe(401);
  });

  it('leaves no process behind when the launcher is killed, and restarts with its history', async () => {
    const state = await client.state();
    const processes = pids(state);
    expect(processes.length).toBeGreaterThanOrEqual(6);
    launcher.kill('SIGKILL');
    expect(await ended(processes)()).toEqual([]);
    expect(await cli('status')).toMatchObject({
      code: 1,
      text: expect.stringContaining('npm run dev'),
    });

    const { length } = portal.tokensMade;
    start();
    const again = await until('the fleet again', settled, 60_000);
    // The token of the first run is still valid.
    expect(portal.tokensMade).toHaveLength(length);
    const { services } = await client.history();
    const { activities } = services['request-tracker-demo'];
    expect(activities).toContainEqual(
      expect.objectContaining({ causeKind: 'health-replacement' }),
    );

    const second = spawn(process.execPath, [
      script,
      'run',
      `--data=${directory}`,
    ]);
    let text = '';
    second.stderr.on('data', chunk => (text += chunk));
    const code = await new Promise(resolve => second.on('close', resolve));
    expect(code).toBe(1);
    expect(text).toContain('is already running');

    const exited = new Promise(resolve => launcher.once('exit', resolve));
    expect((await cli('stop')).code).toBe(0);
    expect(await exited).toBe(0);
    expect(await ended(pids(again))()).toEqual([]);
  });
});

import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { explainActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { InstanceLauncher, InstanceProcess } from '../instances/types';
import { Journal } from '../journal/Journal';
import { PortAllocator } from '../ports/PortAllocator';
import { RunningService } from './RunningService';

jest.setTimeout(60_000);

const ports = new PortAllocator(24_700, 80);

/** Instances are servers of this process that report active users. */
class ServersAsInstances implements InstanceLauncher {
  readonly #servers: Server[] = [];
  /** Of the whole service; undefined: the instances do not say. */
  activeUsers: number | undefined = 0;

  async launch(zone: string): Promise<InstanceProcess> {
    const port = await ports.next();
    const server = createServer((req, res) => {
      const silent = this.activeUsers === undefined;
      if (req.url === '/healthz/scaling' && silent) res.writeHead(503);
      res.end(JSON.stringify({ activeUsers: this.activeUsers }));
    });
    this.#servers.push(server);
    await new Promise<void>(done => server.listen(port, '127.0.0.1', done));
    let ended = false;
    const end = () => {
      ended = true;
      server.closeAllConnections();
      server.close();
    };
    return {
      instanceId: `i${this.#servers.length}`,
      zone,
      port,
      // A process that exists and does nothing.
      pid: 1,
      launchedAtMs: Date.now(),
      exited: new Promise(() => {}),
      hasExited: () => ended,
      kill: end,
      terminate: async () => end(),
    };
  }
}

describe('RunningService', () => {
  const launcher = new ServersAsInstances();
  const journal = new Journal();
  let service: RunningService;

  beforeAll(async () => {
    service = new RunningService({
      definition: {
        name: 'shop',
        entityRef: 'component:default/shop',
        environment: 'local',
        directory: '/nowhere',
        minInstances: 2,
        maxInstances: 4,
        requestsPerSecond: 0,
      },
      profile: { signal: 'active-users', load: 'visitors' },
      port: await ports.next(),
      launcher,
      journal,
      runningZones: () => ['local-a', 'local-b'],
      onUnhealthy: () => {},
    });
    await service.start();
  });

  afterAll(() => service.stop('the test ended'));

  const until = async (condition: () => boolean) => {
    const deadline = Date.now() + 25_000;
    while (!condition() && Date.now() < deadline) await sleep(50);
    expect(condition()).toBe(true);
  };
  const alarm = () =>
    service.alarms.find(({ name }) => name === 'shop-active-users-high');

  it('scales out above four active users per instance, and names them as the cause', async () => {
    launcher.activeUsers = undefined;
    await until(() => service.capacity.inService === 2);
    await until(() => alarm() !== undefined);
    expect(alarm()?.state).toBe('insufficient-data');

    launcher.activeUsers = 10;
    await until(() => service.capacity.inService === 3);
    const launches = journal
      .since('activity')
      .map(({ activity }) => activity)
      .filter(({ causeKind }) => causeKind === 'policy');
    expect(new Set(launches.map(explainActivity))).toEqual(
      new Set(['5 active users per instance, above 4 → +1 (2 → 3)']),
    );
  });
});

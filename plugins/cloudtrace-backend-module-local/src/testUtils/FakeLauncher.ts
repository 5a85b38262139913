import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeControlFile } from '../protocol/controlFile';
import type {
  FleetHistory,
  FleetState,
  LocalServiceState,
} from '../protocol/types';

/** A service as the launcher would report it. */
export function serviceState(
  changes: Partial<LocalServiceState> = {},
): LocalServiceState {
  return {
    definition: {
      name: 'orders',
      entityRef: 'component:default/orders',
      environment: 'local',
      directory: '/repositories/orders',
      minInstances: 2,
      maxInstances: 4,
      requestsPerSecond: 8,
    },
    status: 'running',
    url: 'http://127.0.0.1:7100',
    group: {
      name: 'orders (local)',
      capacity: { min: 2, desired: 2, max: 4, inService: 1 },
      policies: [],
      scheduledActions: [],
      suspendedProcesses: [],
    },
    instances: [
      {
        instanceId: 'local-i-1',
        zone: 'local-a',
        state: 'in-service',
        pid: 17,
        port: 7130,
        cpuPercent: 3,
      },
    ],
    targets: [
      {
        targetId: 'local-i-1:7130',
        instanceId: 'local-i-1',
        zone: 'local-a',
        state: 'healthy',
      },
    ],
    healthCheck: {
      protocol: 'HTTP',
      intervalMs: 2000,
      timeoutMs: 1500,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    },
    alarms: [],
    load: { requestsPerSecond: 8, errorsPerSecond: 0, outstanding: 0 },
    loadTarget: { amount: 8, unit: 'requests-per-second' },
    ...changes,
  };
}

/** Responds like the launcher's control API, with data that the test sets. */
export class FakeLauncher {
  readonly calls: Array<{ method: string; path: string; body: unknown }> = [];
  state: FleetState = {
    startedAt: '2026-11-21T10:00:00.000Z',
    observedAt: '2026-11-21T10:05:00.000Z',
    launcherPid: 1,
    portalUrl: 'http://127.0.0.1:7007',
    cursor: 0,
    zones: [],
    services: [serviceState()],
    database: { endpointPort: 7120, servers: [] },
  };
  history: FleetHistory = {
    services: {},
    database: { events: [], metrics: [] },
  };
  /** Responses to further calls by `METHOD path`. */
  answers = new Map<string, { status: number; body: unknown }>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (req, res) => {
      let text = '';
      for await (const chunk of req) text += chunk;
      const { pathname } = new URL(req.url ?? '/', 'http://localhost');
      const key = `${req.method} ${pathname}`;
      this.calls.push({
        method: req.method ?? '',
        path: req.url ?? '',
        body: text ? JSON.parse(text) : undefined,
      });
      const known: Record<string, unknown> = {
        'GET /v1/state': this.state,
        'GET /v1/history': this.history,
      };
      const answer = this.answers.get(key) ?? {
        status: 200,
        body: known[key] ?? {},
      };
      const authorized = req.headers.authorization === 'Bearer secret';
      res.writeHead(authorized ? answer.status : 401, {
        'content-type': 'application/json',
      });
      res.end(JSON.stringify(answer.body));
    });
  }

  /** Listens and writes the control file to the folder. */
  async start(directory: string) {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    writeControlFile(directory, {
      url: `http://127.0.0.1:${port}`,
      secret: 'secret',
      pid: process.pid,
      processIdentity: '',
    });
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetChange } from '@cloudtrace/plugin-cloudtrace-node';
import { writeDefinitions } from '../protocol/definitionFile';
import { FleetClient } from '../protocol/FleetClient';
import { FakeLauncher, serviceState } from '../testUtils/FakeLauncher';
import { LocalFleetProvider } from './LocalFleetProvider';
import {
  databaseResource,
  groupResource,
  targetGroupResource,
} from './resources';

const signal = new AbortController().signal;

function scope(
  entityRef: string,
  environment: string,
  annotations: Record<string, string> = {},
) {
  return {
    entityRef,
    environment,
    relatedResources: [],
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'orders', annotations },
    },
  };
}

describe('LocalFleetProvider', () => {
  let directory: string;
  let launcher: FakeLauncher;
  let stopped: AbortController;
  let provider: LocalFleetProvider;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'provider-'));
    launcher = new FakeLauncher();
    await launcher.start(directory);
    stopped = new AbortController();
    provider = new LocalFleetProvider({
      client: new FleetClient(directory),
      directory,
      stopped: stopped.signal,
    });
  });
  afterEach(async () => {
    stopped.abort();
    await launcher.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('locates only the resources of the entity and environment that a service was started for', async () => {
    const { locations } = await provider.locate(
      [
        scope('component:default/Orders', 'local', {
          'cloudtrace.io/auto-scaling-group': 'orders',
          'cloudtrace.io/target-group': 'somebody-elses',
        }),
        scope('component:default/orders', 'production'),
        scope('component:default/other', 'local'),
      ],
      { signal },
    );
    expect(
      locations.map(l => [l.scope.entityRef, l.resource.id, l.locator]),
    ).toEqual([
      ['component:default/Orders', 'group/orders', 'annotation'],
      ['component:default/Orders', 'target-group/orders', 'tag'],
      ['component:default/Orders', 'database', 'tag'],
    ]);
    expect(locations.every(l => /local/i.test(l.resource.name))).toBe(true);
  });

  it('reports groups, targets and the database in terms of the fleet model', async () => {
    launcher.history = {
      services: {
        orders: {
          activities: [
            {
              activityId: '1',
              kind: 'launch',
              status: 'successful',
              startedAt: '2026-11-21T10:01:00.000Z',
              causeKind: 'policy',
            },
          ],
          alarmTransitions: [],
          metrics: ['request-rate', 'cpu-utilization'].map(seriesId => ({
            seriesId,
            label: seriesId,
            unit: '1',
            statistic: 'average',
            periodMs: 10_000,
            times: [],
            values: [],
          })),
        },
      },
      database: {
        events: [
          {
            eventId: '1',
            at: '2026-11-21T10:02:00.000Z',
            kind: 'failover-started',
            message: 'x',
          },
        ],
        metrics: [],
      },
    };
    const since = new Date('2026-11-21T09:00:00.000Z');
    const [group, targets, database, gone] = await provider.collect(
      [
        groupResource('orders'),
        targetGroupResource('orders'),
        databaseResource,
        groupResource('gone'),
      ],
      { signal, since: () => since },
    );
    expect(launcher.calls).toContainEqual(
      expect.objectContaining({
        path: `/v1/history?since=${since.toISOString()}`,
      }),
    );
    expect(group).toMatchObject({
      observedAt: '2026-11-21T10:05:00.000Z',
      group: { capacity: { desired: 2 } },
      activities: [{ activityId: '1' }],
      metrics: [{ seriesId: 'cpu-utilization' }],
      problems: [],
    });
    expect(group.instances).toEqual([
      { instanceId: 'local-i-1', zone: 'local-a', state: 'in-service' },
    ]);
    expect(targets).toMatchObject({
      targets: [{ targetId: 'local-i-1:7130', state: 'healthy' }],
      metrics: [{ seriesId: 'request-rate' }],
      resource: { consoleUrl: 'http://127.0.0.1:7100' },
    });
    expect(database).toMatchObject({
      databaseEvents: [{ kind: 'failover-started' }],
    });
    expect(gone.problems).toMatchObject([{ code: 'not-found' }]);
  });

  it('keeps the link while the launcher is not running, and reports that', async () => {
    writeDefinitions(directory, [
      { definition: serviceState().definition, enabled: true },
    ]);
    await launcher.stop();
    const { locations } = await provider.locate(
      [scope('component:default/orders', 'local')],
      { signal },
    );
    expect(locations).toHaveLength(3);
    const reports = await provider.collect(
      locations.map(l => l.resource),
      { signal, since: () => undefined },
    );
    for (const report of reports) {
      expect(report).toMatchObject({
        problems: [
          {
            code: 'unavailable',
            message: expect.stringContaining('not running'),
            nextStep: expect.stringContaining('npm run dev'),
          },
        ],
      });
      // No data was requested, so no stored data may be overwritten.
      expect(
        report.targets ?? report.instances ?? report.group,
      ).toBeUndefined();
    }
  });

  it('reports why a service is not running', async () => {
    launcher.state.services = [
      serviceState({ status: 'failed', statusMessage: 'npm ci failed' }),
    ];
    const [report] = await provider.collect([groupResource('orders')], {
      signal,
      since: () => undefined,
    });
    expect(report.problems).toMatchObject([
      {
        code: 'unavailable',
        message: expect.stringContaining('npm ci failed'),
      },
    ]);
  });

  it('reports changes, and a launcher that stops', async () => {
    const changes: FleetChange[] = [];
    const next = async (count: number) => {
      const deadline = Date.now() + 5_000;
      while (changes.length < count && Date.now() < deadline) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      return changes[count - 1];
    };
    launcher.answers.set('GET /v1/changes', {
      status: 200,
      body: { cursor: 5, services: ['orders'], database: false },
    });
    provider.subscribe(change => changes.push(change));
    expect(await next(1)).toEqual({
      resourceIds: ['group/orders', 'target-group/orders', 'database'],
      scopes: [{ entityRef: 'component:default/orders', environment: 'local' }],
    });
    expect(await next(2)).toEqual({
      resourceIds: ['group/orders', 'target-group/orders'],
    });
    launcher.answers.set('GET /v1/changes', {
      status: 200,
      body: { cursor: 6, services: [], database: true },
    });
    changes.length = 0;
    const deadline = Date.now() + 5_000;
    while (
      !changes.some(({ resourceIds }) => resourceIds?.[0] === 'database') &&
      Date.now() < deadline
    ) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    expect(changes).toContainEqual({ resourceIds: ['database'] });
    await launcher.stop();
    changes.length = 0;
    expect((await next(1)).resourceIds).toHaveLength(3);
  });
});

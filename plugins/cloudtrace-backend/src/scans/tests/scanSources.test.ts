import {
  createBackendModule,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  scanSourcesExtensionPoint,
  type ScanPullOptions,
  type ScanPullResult,
  type ScanSource,
} from '@cloudtrace/plugin-cloudtrace-node';
import request from 'supertest';
import { startTestPostgres } from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { ScanSourceRegistry } from '../ScanSourceRegistry';

jest.setTimeout(180_000);

const SHOP = 'component:default/shop';

/** A source that a test controls. */
class FakeSource implements ScanSource {
  readonly id = 'acme';
  readonly title = 'ACME';
  readonly schedule = { frequency: { hours: 1 }, timeout: { minutes: 5 } };
  entityRefs: string[] = [];
  next: (options: ScanPullOptions) => Promise<ScanPullResult | void> =
    async () => {};

  async pull(
    scopes: Parameters<ScanSource['pull']>[0],
    options: ScanPullOptions,
  ): Promise<ScanPullResult> {
    this.entityRefs = scopes.map(({ entityRef }) => entityRef);
    return (await this.next(options)) ?? { unread: [] };
  }
}

const asff = (...titles: string[]) => ({
  Findings: titles.map(Title => ({
    Id: Title,
    Title,
    GeneratorId: Title,
    RecordState: 'ACTIVE',
    Severity: { Label: 'HIGH' },
    Resources: [{ Id: 'arn:aws:rds:eu-central-1:111111111111:db:shop' }],
  })),
});

const scanOf = (target: string, ...titles: string[]) => ({
  entityRef: SHOP,
  target,
  format: 'asff',
  category: target,
  document: asff(...titles),
});

async function start() {
  const databases = await startTestPostgres();
  const database = await databases.createTestDatabase();
  const source = new FakeSource();
  const scheduler = mockServices.scheduler();
  const backend = await startCloudtraceBackend({
    database,
    entities: [testEntity('shop'), testEntity('other')],
    features: [
      schedulerFactory(scheduler),
      createBackendModule({
        pluginId: 'cloudtrace',
        moduleId: 'acme',
        register(env) {
          env.registerInit({
            deps: { sources: scanSourcesExtensionPoint },
            async init({ sources }) {
              sources.addSource(source);
            },
          });
        },
      }),
    ],
  });
  const get = async (path: string, name = 'shop') => {
    const { body } = await request(backend.server)
      .get(`/api/cloudtrace/v1/entities/component/default/${name}${path}`)
      .set(asUser());
    return body;
  };
  return {
    source,
    get,
    async pull(next: FakeSource['next']) {
      source.next = next;
      await scheduler.triggerTask('cloudtrace-scan-source-acme');
    },
    async openTitles() {
      const { items } = await get('/findings?state=open');
      return items.map(({ title }: { title: string }) => title).sort();
    },
    async diagnose(name?: string) {
      const { sources } = await get('/diagnostics', name);
      return sources.find(({ id }: { id: string }) => id === 'scans:acme');
    },
    async stop() {
      await backend.stop();
      await databases.stop();
    },
  };
}

function schedulerFactory(service: SchedulerService) {
  return mockServices.scheduler.mock({
    scheduleTask: task => service.scheduleTask(task),
    triggerTask: id => service.triggerTask(id),
    createScheduledTaskRunner: schedule =>
      service.createScheduledTaskRunner(schedule),
  }).factory;
}

describe('a scan source of a module', () => {
  let test: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    test = await start();
  });
  afterAll(() => test?.stop());

  it('delivers scans on its schedule, only for entities of the catalog', async () => {
    await test.pull(async ({ onScan }) => {
      await onScan(scanOf('east', 'open port', 'no backup'));
      await onScan(scanOf('west', 'old key'));
      await onScan({ ...scanOf('east'), entityRef: 'component:default/gone' });
    });
    expect(test.source.entityRefs.sort()).toEqual([
      'component:default/other',
      SHOP,
    ]);
    expect(await test.openTitles()).toEqual([
      'no backup',
      'old key',
      'open port',
    ]);
    const { items } = await test.get('/scans');
    expect(items).toHaveLength(2);
    expect(await test.diagnose()).toMatchObject({
      status: 'ok',
      title: 'ACME',
      lastSuccessAt: expect.any(String),
      problems: [],
    });
    expect(await test.diagnose('other')).toBeUndefined();
  });

  it('fixes nothing after a failure, an unread target or an incomplete scan', async () => {
    await test.pull(async ({ onFailure, onScan }) => {
      const error = 'securityhub:GetFindings was refused';
      await onFailure({ entityRef: SHOP, target: 'west', error });
      await onScan({
        ...scanOf('east', 'open port'),
        incomplete: 'ACME does not scan 1 of 2 instances',
      });
    });
    expect(await test.openTitles()).toEqual([
      'no backup',
      'old key',
      'open port',
    ]);
    const message =
      'west could not be polled: securityhub:GetFindings was refused';
    expect(await test.diagnose()).toMatchObject({
      status: 'problem',
      message,
      problems: [{ message }],
    });

    await test.pull(async ({ onScan }) => {
      await onScan(scanOf('west', 'old key'));
      return { unread: [{ target: 'east', error: 'no tags' }] };
    });
    expect(await test.openTitles()).toHaveLength(3);
    expect(await test.diagnose()).toMatchObject({
      message: 'east could not be polled: no tags',
    });

    await test
      .pull(async () => {
        throw new Error('a bug');
      })
      .catch(() => {});
    expect(await test.openTitles()).toHaveLength(3);
  });

  it('reports a document that cannot be stored, without its content', async () => {
    await test.pull(async ({ onScan }) => {
      await onScan({ ...scanOf('east'), document: { Findings: 'secret' } });
      await onScan({ ...scanOf('west'), format: 'nobody-reads' });
    });
    const { problems } = await test.diagnose();
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).toMatch(/Findings must be a list/);
    expect(JSON.stringify(problems)).toMatch(/response from ACME could not/);
    expect(await test.openTitles()).toHaveLength(3);
  });

  it('fixes what is gone, and ends what is no longer linked', async () => {
    await test.pull(async ({ onScan }) => {
      await onScan(scanOf('east', 'open port'));
    });
    expect(await test.openTitles()).toEqual(['open port']);
    expect(await test.diagnose()).toMatchObject({ status: 'ok' });
    await test.pull(async () => {});
    expect(await test.openTitles()).toEqual([]);
    expect(await test.diagnose()).toBeUndefined();
  });
});

it('is rejected if its id is in use', () => {
  const registry = new ScanSourceRegistry();
  registry.addSource(new FakeSource());
  expect(() => registry.addSource(new FakeSource())).toThrow(
    "A scan source with the id 'acme' is already installed",
  );
  const connector = { ...new FakeSource(), connect: jest.fn() };
  expect(() => registry.addConnector(connector)).toThrow('already installed');
});

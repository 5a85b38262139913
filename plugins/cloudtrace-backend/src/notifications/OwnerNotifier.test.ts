import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { StoredFailover } from '../failover/database/rows';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { testEntity } from '../testUtils/backend';
import type { ReportChanges } from '../fleet/storeReport';
import { OwnerNotifier } from './OwnerNotifier';

jest.setTimeout(60_000);

const scope = {
  entityRef: 'component:default/shop',
  environment: 'production',
};

describe('OwnerNotifier', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  async function setUp(
    options: { annotation?: string; maxPerHour?: number } = {},
  ) {
    const { knex } = await databases.createTestDatabase();
    const send = jest.fn(async (_: any) => undefined);
    const notifier = new OwnerNotifier({
      knex,
      config: { enabled: true, maxPerHour: options.maxPerHour ?? 6 },
      auth: mockServices.auth(),
      catalog: catalogServiceMock({
        entities: [
          testEntity('shop', {
            metadata: {
              name: 'shop',
              annotations: options.annotation
                ? { 'cloudtrace.io/notifications': options.annotation }
                : {},
            },
          }),
        ],
      }),
      notifications: { send },
      logger: mockServices.logger.mock(),
    });
    return { knex, notifier, send };
  }

  const unhealthy = (resourceId: number): ReportChanges => ({
    resourceId,
    first: false,
    targets: [
      {
        resource_id: resourceId,
        target_key: 'a:80',
        at: new Date('2026-01-01T12:00:00Z'),
        until: null,
        state: 'unhealthy',
        from_state: 'healthy',
        vendor_state: null,
        reason_code: 'Target.Timeout',
        reason: null,
        instance_key: 'a',
        port: 80,
        zone: 'z1',
      },
    ],
    activities: [],
    alarms: [],
    databaseEvents: 0,
    visible: true,
  });

  it('notifies the owner what happened, why, and where to see it', async () => {
    const { notifier, send } = await setUp();
    await notifier.tellChanges(scope, [unhealthy(1)]);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: scope.entityRef },
      payload: {
        title: 'shop (production): a is unhealthy',
        description: expect.stringContaining('no response in time'),
        link: '/catalog/default/component/shop/cloudtrace/health-checks?env=production&range=2026-01-01T11%3A30%3A00Z%7E2026-01-01T12%3A30%3A00Z',
        severity: 'high',
        topic: 'health',
        scope: 'cloudtrace:component:default/shop:production:unhealthy:1',
      },
    });
  });

  it('notifies once, even if two replicas detect the same event', async () => {
    const { notifier, send } = await setUp();
    await Promise.all(
      Array.from({ length: 5 }, () =>
        notifier.tellChanges(scope, [unhealthy(1)]),
      ),
    );
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('sends no more notifications per hour than the limit', async () => {
    const { knex, notifier, send } = await setUp({ maxPerHour: 3 });
    for (let id = 0; id < 50; id += 1) {
      await notifier.tellChanges(scope, [unhealthy(id)]);
    }
    expect(send).toHaveBeenCalledTimes(3);
    await knex.raw(
      `UPDATE sent_notifications SET sent_at = sent_at - interval '2 hours'`,
    );
    await notifier.tellChanges(scope, [unhealthy(99)]);
    expect(send).toHaveBeenCalledTimes(4);
  });

  it('does not notify entities that opted out, nor about history collected only now', async () => {
    const optedOut = await setUp({ annotation: 'False' });
    await optedOut.notifier.tellChanges(scope, [unhealthy(1)]);
    expect(optedOut.send).not.toHaveBeenCalled();
    const { notifier, send } = await setUp();
    await notifier.tellChanges(scope, [{ ...unhealthy(1), first: true }]);
    expect(send).not.toHaveBeenCalled();
  });

  it('notifies of failed scaling and of reached limits', async () => {
    const { notifier, send } = await setUp();
    const capacity = { resource_id: 1, at: new Date(), min: 1, in_service: 3 };
    await notifier.tellChanges(scope, [
      {
        ...unhealthy(1),
        targets: [],
        activities: [
          {
            activityId: '1',
            kind: 'launch',
            status: 'failed',
            startedAt: new Date().toISOString(),
            causeKind: 'policy',
            message: 'Quota exceeded',
            isNew: true,
          },
        ],
        capacity: {
          before: {
            ...capacity,
            desired: 4,
            max: 5,
            pending: 0,
            terminating: 0,
          },
          now: { ...capacity, desired: 5, max: 5, pending: 1, terminating: 0 },
        },
      },
    ]);
    expect(
      send.mock.calls.map(([{ payload }]) => [payload.topic, payload.title]),
    ).toEqual([
      ['scaling', 'shop (production): Scaling failed'],
      ['scaling', 'shop (production): The group is at its maximum size'],
    ]);
  });

  const failover = (
    planned: 'yes' | 'no' | 'unknown',
    ageMinutes = 1,
  ): StoredFailover => {
    const detectedAt = new Date(Date.now() - ageMinutes * 60_000).toISOString();
    return {
      summary: {
        failoverId: `${planned} ${ageMinutes}`,
        subject: { kind: 'instance', key: 'a', label: 'a' },
        cause: { summary: 'It failed, 3 min after deploy 1.4.2 finished' },
        planned,
        ongoing: true,
        startedAt: detectedAt,
        detectedAt,
        impact: {},
        missingData: [],
      },
      steps: [],
    };
  };

  it('notifies of unplanned failovers and names the deploy', async () => {
    const { notifier, send } = await setUp();
    await notifier.tellFailovers(scope, {
      added: [failover('no'), failover('yes', 2), failover('no', 45)],
      unplanned: [],
    });
    expect(send).toHaveBeenCalledTimes(1);
    expect(send.mock.calls[0][0].payload).toMatchObject({
      topic: 'failover',
      title: 'shop (production): Failover of instance a',
      description: 'It failed, 3 min after deploy 1.4.2 finished',
    });
  });

  it('notifies if a failover turns out not to be planned, also at the end of a long deploy', async () => {
    const { notifier, send } = await setUp();
    await notifier.tellFailovers(scope, {
      added: [],
      unplanned: [failover('no', 45)],
    });
    expect(send).toHaveBeenCalledTimes(1);
  });
});

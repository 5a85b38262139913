import {
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import type {
  FleetChange,
  FleetProvider,
  ScanSource,
} from '@cloudtrace/plugin-cloudtrace-node';
import {
  fleetProvidersExtensionPoint,
  scanSourcesExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';
import { setupServer } from 'msw/node';
import { accessKeyOf, FakeAws } from './testUtils/FakeAws';
import { component, scopeOf } from './testUtils/createTestProvider';
import { FakeAccount } from './testUtils/FakeAccount';
import module from './index';

jest.setTimeout(60_000);

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => server.close());

const ID = '123456789012';
const TAG = { 'cloudtrace:entity-ref': 'component:default/orders' };

async function start(cloudtrace: object) {
  const providers: FleetProvider[] = [];
  const sources: ScanSource[] = [];
  let events: EventsService | undefined;
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'cloudtrace',
        register(env) {
          env.registerExtensionPoint(fleetProvidersExtensionPoint, {
            addProvider: provider => providers.push(provider),
          });
          env.registerExtensionPoint(scanSourcesExtensionPoint, {
            addSource: source => sources.push(source),
            addConnector: () => {},
          });
          env.registerInit({ deps: {}, async init() {} });
        },
      }),
      createBackendModule({
        pluginId: 'cloudtrace',
        moduleId: 'spy',
        register(env) {
          env.registerInit({
            deps: { service: eventsServiceRef },
            async init({ service }) {
              events = service;
            },
          });
        },
      }),
      module,
      mockServices.rootConfig.factory({
        data: {
          aws: {
            accounts: [
              {
                accountId: ID,
                accessKeyId: accessKeyOf(ID),
                secretAccessKey: 's',
              },
            ],
          },
          cloudtrace,
        },
      }),
    ],
  });
  return {
    backend,
    providers,
    sources,
    publish: (eventPayload: unknown) =>
      events!.publish({ topic: 'cloudtrace-aws', eventPayload }),
  };
}

it('says that AWS is not configured, and reads nothing', async () => {
  const { backend, providers, sources } = await start({});
  expect(providers).toMatchObject([
    {
      id: 'aws',
      notConfigured: {
        message: 'AWS is not configured',
        nextStep: expect.stringContaining('cloudtrace.aws.accounts'),
        coded: { message: { code: 'aws-not-configured' } },
      },
    },
  ]);
  expect(sources).toEqual([]);
  await backend.stop();
});

it.each([
  [undefined, 0],
  [{ securityHub: false }, 0],
  [{ securityHub: true }, 1],
  [{ inspector: true, interval: { hours: 6 } }, 1],
])(
  'pulls security findings only if configured: %j',
  async (findings, count) => {
    const { backend, sources } = await start({
      aws: {
        accounts: [{ accountId: ID, regions: ['eu-central-1'] }],
        ...(findings && { findings }),
      },
    });
    expect(sources).toHaveLength(count);
    await backend.stop();
  },
);

it('turns EventBridge events into hints for the resources they name', async () => {
  const account = new FakeAccount(ID);
  const targetGroup = account.addTargetGroup('orders', TAG);
  const serviceArn = account.arn('ecs', 'service/main/orders');
  const dbArn = account.arn('rds', 'db:orders-db');
  account.tagged.push(
    { arn: serviceArn, tags: TAG },
    { arn: dbArn, tags: TAG },
  );
  account.groups.push({
    name: 'orders',
    tags: TAG,
    targetGroups: [targetGroup],
    instances: [
      {
        InstanceId: 'i-0123456789abcdef0',
        LifecycleState: 'InService',
        AvailabilityZone: 'eu-central-1a',
      },
    ],
  });
  account.policies.push({
    AutoScalingGroupName: 'orders',
    PolicyName: 'p',
    Alarms: [{ AlarmName: 'cpu-high' }],
  });
  const alarmArn = account.arn('cloudwatch', 'alarm:cpu-high');
  account.alarms.push({
    AlarmName: 'cpu-high',
    AlarmArn: alarmArn,
    StateValue: 'OK',
  });
  const aws = new FakeAws(call => account.handle(call));
  server.use(aws.handler);

  const { backend, providers, publish } = await start({
    aws: { accounts: [{ accountId: ID, regions: ['eu-central-1'] }] },
  });
  const [provider] = providers;
  const changes: FleetChange[] = [];
  provider.subscribe!(change => changes.push(change));
  const { signal } = new AbortController();
  const collect = async () => {
    const { locations } = await provider.locate(
      [scopeOf(component('orders'))],
      { signal },
    );
    return provider.collect(
      locations.map(l => l.resource),
      { signal, since: () => new Date() },
    );
  };
  await collect();

  const event = (
    source: string,
    resources: string[],
    detail: object = {},
    from: object = {},
  ) => ({
    version: '0',
    id: 'e',
    'detail-type': 'x',
    account: ID,
    region: 'eu-central-1',
    source,
    resources,
    detail,
    ...from,
  });
  const groupArn = account.groupArn('orders');
  const cases: Array<[unknown, string[] | undefined]> = [
    [event('aws.autoscaling', [groupArn]), [groupArn, targetGroup]],
    [
      event('aws.ec2', [], { 'instance-id': 'i-0123456789abcdef0' }),
      [groupArn, targetGroup],
    ],
    [event('aws.cloudwatch', [alarmArn]), [groupArn, targetGroup]],
    [event('aws.rds', [dbArn]), [dbArn]],
    [
      event('aws.ecs', [], {
        clusterArn: account.arn('ecs', 'cluster/main'),
        group: 'service:orders',
      }),
      [serviceArn],
    ],
    // Events for unknown resources, for another account, and payloads that are not events.
    [event('aws.rds', [account.arn('rds', 'db:billing')]), undefined],
    [event('aws.rds', [dbArn], {}, { account: '999999999999' }), undefined],
    [event('com.example', [dbArn]), undefined],
    [event('aws.rds', 'nonsense' as never), undefined],
    ['text', undefined],
    [null, undefined],
    [{ source: { toString: 1 } }, undefined],
  ];
  for (const [payload, expected] of cases) {
    changes.length = 0;
    await publish(payload);
    expect(changes).toEqual(expected ? [{ resourceIds: expected }] : []);
  }

  // Reads a hinted resource in full, although its settings are fresh.
  await collect();
  aws.calls.length = 0;
  await collect();
  expect(aws.count({ action: 'DescribePolicies' })).toBe(0);
  await publish(event('aws.autoscaling', [groupArn]));
  await collect();
  expect(aws.count({ action: 'DescribePolicies' })).toBe(1);
  await backend.stop();
});

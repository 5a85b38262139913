import { watchCalls } from './calls/watchCalls';
import { component, scopeOf } from './testUtils/createTestProvider';
import { pathOfKind } from './testUtils/FakeApiServer';
import { collectAll, TestClusters } from './testUtils/TestClusters';
import { until } from './testUtils/until';

jest.setTimeout(60_000);

const clusters = new TestClusters();
beforeEach(() => {
  // Only the clock: connections need the real timers.
  jest.useFakeTimers({
    now: Date.now(),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
});
afterEach(async () => {
  await clusters.stop();
  jest.useRealTimers();
});

const kinds = watchCalls
  .filter(({ optional }) => !optional)
  .map(({ kind }) => kind);
const scopes = [scopeOf(component('orders'))];
const pass = (seconds: number) =>
  jest.setSystemTime(Date.now() + seconds * 1_000);

async function setUp() {
  const test = await clusters.startShop();
  const { server, provider } = test;
  // The clock of the cluster moves too.
  server.answer = (_request, response) => {
    response.setHeader('date', new Date().toUTCString());
  };
  await collectAll(provider, scopes);
  await until(() => kinds.every(kind => server.isWatched(kind)));
  const watches = (kind: (typeof kinds)[number]) =>
    server.requests.filter(
      ({ path, query }) => path === pathOfKind(kind) && query.has('watch'),
    );
  const report = async () => (await collectAll(provider, scopes)).reports[0];
  return { ...test, watches, report };
}

it('confirms all kinds within seconds when this replica takes over', async () => {
  const { server, changes, watches, report } = await setUp();
  const known = await report();
  pass(100);
  changes.length = 0;
  const taken = await report();
  expect(taken.readAt!.targets).toBe(known.readAt!.targets);
  await until(() => kinds.every(kind => watches(kind).length === 2));
  for (const kind of kinds) {
    const seconds = Number(watches(kind)[1].query.get('timeoutSeconds'));
    expect(seconds).toBeLessThanOrEqual(6);
  }
  await until(() => kinds.every(kind => server.isWatched(kind)));
  pass(6);
  for (const kind of kinds) server.drop(kind, 'end');
  await until(() => changes.length > 0);
  expect(changes).toContainEqual({
    resourceIds: ['production/shop/Deployment/orders'],
    scopes: [],
  });
  const confirmed = await report();
  expect(confirmed.readAt!.targets).toBe(new Date().toISOString());
  expect(confirmed.problems).toEqual([]);
});

it('ends no watch while this replica collects', async () => {
  const { watches, report } = await setUp();
  for (let i = 0; i < 4; i++) {
    pass(30);
    await report();
  }
  for (const kind of kinds) expect(watches(kind)).toHaveLength(1);
});

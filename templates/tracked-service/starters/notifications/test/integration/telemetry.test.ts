import { afterAll, beforeAll, expect, it } from 'vitest';
import { Cluster } from '../support/Cluster.js';
import { Person } from '../support/Person.js';
import { SpanSink } from '../support/SpanSink.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

let sink: SpanSink;
let database: TestDatabase;
let cluster: Cluster;

beforeAll(async () => {
  sink = new SpanSink();
  const endpoint = await sink.listen();
  database = await createTestDatabase();
  const { url } = await database.migrate();
  cluster = new Cluster({
    DATABASE_URL: url,
    WORKER: 'child',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    OTEL_RESOURCE_ATTRIBUTES:
      'service.instance.id=api-1,cloud.availability_zone=zone-a',
  });
});
afterAll(async () => {
  await cluster.stop();
  await database.drop();
  await sink.close();
});

it('counts the work of the API and of its worker by instance, in one trace', async () => {
  const api = await cluster.startApi();
  const ada = await Person.signUp(api.url);
  const stream = await ada.openStream();
  await ada.notify(ada, 'x');
  await waitFor('delivery', () => stream.events[0]);
  stream.close();
  const consumed = await waitFor('CONSUMER span', () =>
    sink.spans.find(({ kind }) => kind === 'CONSUMER'),
  );
  expect(consumed).toMatchObject({
    name: 'process notifications.events',
    instanceId: 'api-1-worker',
    zone: 'zone-a',
  });
  const sent = await waitFor('SERVER span of the POST', () =>
    sink.spans.find(
      ({ kind, route, statusCode }) =>
        kind === 'SERVER' &&
        route === '/api/notifications' &&
        statusCode === 201,
    ),
  );
  expect(sent.instanceId).toBe('api-1');
  expect(consumed.traceId).toBe(sent.traceId);
  expect(sink.spans.some(({ route }) => route?.endsWith('/stream'))).toBe(
    false,
  );
});

it('ends the worker when the API is killed', async () => {
  const api = await cluster.startApi();
  const running = async () =>
    (
      await database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM bus_members WHERE seen_at > now() - interval '4 seconds'`,
      )
    )[0]?.count ?? 0;
  await waitFor('workers', async () => (await running()) > 0);
  await api.stop('SIGKILL');
  await cluster.stop();
  await waitFor('no worker', async () => (await running()) === 0);
});

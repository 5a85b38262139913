import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KafkaBroker } from '../../scripts/broker/startKafka.mjs';
import { Cluster } from '../support/Cluster.js';
import { Person } from '../support/Person.js';
import { readMetrics, type ReceivedMetric } from '../support/readMetrics.js';
import { realKafka, titleFor } from '../support/realServers.js';
import type { ServiceProcess } from '../support/ServiceProcess.js';
import { SpanSink } from '../support/SpanSink.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

const identity =
  'service.instance.id=api-1,cloud.availability_zone=zone-a,deployment.environment.name=test';

describe('With the embedded adapters', () => {
  telemetry('postgresql', async () => ({
    environment: { WORKER: 'child', OTEL_RESOURCE_ATTRIBUTES: identity },
    close: async () => Promise.resolve(),
  }));
});
describe.skipIf(realKafka.missing)(titleFor(realKafka), () => {
  telemetry('kafka', async () => {
    const broker: KafkaBroker = await realKafka.start();
    return {
      environment: {
        KAFKA_BROKERS: broker.brokers,
        // Beside the API, although there is a broker: the worker then gets its name from the API's.
        WORKER: 'child',
        OTEL_RESOURCE_ATTRIBUTES: identity,
      },
      close: () => broker.stop('SIGKILL'),
    };
  });
});

interface Adapters {
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

function telemetry(system: string, open: () => Promise<Adapters>): void {
  let sink: SpanSink;
  let database: TestDatabase;
  let adapters: Adapters;
  let cluster: Cluster;
  let api: ServiceProcess;

  beforeAll(async () => {
    sink = new SpanSink();
    database = await createTestDatabase();
    const { url } = await database.migrate();
    adapters = await open();
    cluster = new Cluster({
      DATABASE_URL: url,
      OTEL_EXPORTER_OTLP_ENDPOINT: await sink.listen(),
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      OTEL_METRIC_EXPORT_TIMEOUT: '500',
      ...adapters.environment,
    });
    api = await cluster.startApi();
  }, 180_000);
  afterAll(async () => {
    await cluster.stop();
    await adapters.close();
    await database.drop();
    await sink.close();
  });

  it('counts the work of the API and of its worker by instance, in one trace', async () => {
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
      attributes: {
        'messaging.system': system,
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'notifications.events',
        'messaging.destination.partition.id': expect.stringMatching(
          /^\d+$/,
        ) as unknown,
        'messaging.consumer.group.name': 'notifications-delivery',
        'messaging.message.body.size': expect.any(Number) as unknown,
      },
    });
    expect('messaging.kafka.offset' in consumed.attributes).toBe(
      system === 'kafka',
    );
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

  it('exports rate, latency, errors, cache, sockets, lag and dead letters', async () => {
    const ada = await Person.signUp(api.url);
    const { socket } = ada.openSocket();
    await ada.notify(ada, 'measured');
    await ada.list();
    const metric = (
      instanceId: string,
      name: string,
      accepts: (found: ReceivedMetric) => boolean = ({ value }) => value > 0,
    ) =>
      waitFor(name, () =>
        sink.metricBatches
          .flatMap(readMetrics)
          .findLast(
            found =>
              found.instanceId === instanceId &&
              found.name === name &&
              accepts(found),
          ),
      );
    const requests = await metric('api-1', 'http.server.request.duration');
    expect(
      requests.attributes.some(each => each['http.route'] !== undefined),
    ).toBe(true);
    await metric('api-1', 'notifications.accepted');
    await metric('api-1', 'cache.requests');
    await metric('api-1', 'sockets.open');
    const worker = 'api-1-worker';
    const [consumed] = (
      await metric(worker, 'messaging.client.consumed.messages')
    ).attributes;
    expect(consumed).toMatchObject({
      'messaging.system': system,
      'messaging.operation.name': 'process',
      'messaging.destination.name': 'notifications.events',
    });
    await metric(worker, 'messaging.process.duration');
    const isZero = ({ value, attributes }: ReceivedMetric) =>
      attributes.length === 1 && value === 0;
    await metric(worker, 'messaging.consumer.lag', isZero);
    await metric(worker, 'dead_letters.open', isZero);
    socket.close();
  });
}

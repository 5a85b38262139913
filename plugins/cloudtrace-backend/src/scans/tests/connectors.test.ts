import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ScanStore,
  ScanWebhookDelivery,
} from '@cloudtrace/plugin-cloudtrace-node';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { webhookModule, WEBHOOK_SECRET } from './webhookModule';

jest.setTimeout(180_000);

const SHOP = 'component:default/shop';

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

describe('connectors of modules', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let acme: ScanStore;
  let other: ScanStore;
  let receive: (delivery: ScanWebhookDelivery) => Promise<void>;

  beforeAll(async () => {
    databases = await startTestPostgres();
    backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      entities: [testEntity('shop')],
      features: [
        webhookModule('acme', {
          onConnect: store => {
            acme = store;
          },
          webhook: {
            hasInstances: true,
            receive: async delivery => {
              await receive(delivery);
              return { status: 202, body: { instance: delivery.instance } };
            },
          },
        }),
        webhookModule('other', {
          onConnect: store => {
            other = store;
          },
        }),
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await databases?.stop();
  });

  const read = async (path: string) => {
    const { body } = await request(backend.server)
      .get(`/api/cloudtrace/v1/entities/component/default/shop${path}`)
      .set(asUser());
    return body;
  };
  const openTitles = async () =>
    (await read('/findings')).items
      .map(({ title }: { title: string }) => title)
      .sort();
  const scan = (target: string, ...titles: string[]) => ({
    entityRef: SHOP,
    target,
    format: 'asff',
    category: target,
    document: asff(...titles),
  });

  it('store scans in the same way as uploads, as an object or as bytes', async () => {
    await acme.storeScan({
      ...scan('one', 'a'),
      ref: 'main',
      commit: 'c0ffee',
    });
    const { document, ...rest } = scan('two', 'b');
    await acme.storeScan({
      ...rest,
      document: Buffer.from(JSON.stringify(document)),
    });
    expect(await openTitles()).toEqual(['a', 'b']);
    expect((await read('/scans')).items).toMatchObject([
      { category: 'two', ref: 'default' },
      { category: 'one', ref: 'main', commit: 'c0ffee' },
    ]);
    await expect(
      acme.storeScan({ ...scan('one'), document: { Findings: 1 } }),
    ).rejects.toThrow('Findings must be a list');
    await expect(
      acme.storeScan({ ...scan('one'), format: 'nobody-reads' }),
    ).rejects.toThrow("No importer for the format 'nobody-reads'");
  });

  it('end only their own streams, and delete their pulls', async () => {
    await acme.recordPull({ entityRef: SHOP, target: 'one' });
    await acme.recordPull({ entityRef: SHOP, target: 'two', error: 'away' });
    const all = { entityRef: SHOP, isGone: () => true, reason: 'gone' };
    expect(await other.listEntities()).toEqual([]);
    expect(await other.endTargets(all)).toBe(0);
    expect(await acme.listEntities()).toEqual([SHOP]);
    expect(await acme.listPulls(SHOP)).toMatchObject([
      { target: 'two', lastError: 'away' },
      { target: 'one', lastError: null },
    ]);

    expect(
      await acme.endTargets({ ...all, isGone: target => target === 'two' }),
    ).toBe(1);
    expect(await openTitles()).toEqual(['a']);
    expect(await acme.listPulls(SHOP)).toMatchObject([{ target: 'one' }]);
    expect(await acme.endTargets(all)).toBe(1);
    expect(await acme.listEntities()).toEqual([]);
  });

  it('store quality gates, unless a newer analysis did', async () => {
    const gate = (status: 'passed' | 'failed', day: number) => ({
      tool: 'ACME',
      instance: 'main',
      projectKey: 'shop',
      status,
      measures: [],
      analysedAt: new Date(Date.UTC(2026, 10, day)),
    });
    await acme.setQualityGate(SHOP, gate('failed', 2));
    await acme.setQualityGate(SHOP, gate('passed', 1));
    expect(await acme.listQualityGates(SHOP)).toEqual([
      { ...gate('failed', 2), url: undefined },
    ]);
    await acme.keepQualityGates(SHOP, {
      tool: 'ACME',
      instance: 'main',
      projectKeys: [],
    });
    expect((await read('/findings/summary')).qualityGates).toEqual([]);
  });

  const send = (body: string, path = 'acme/main', secret = WEBHOOK_SECRET) =>
    request(backend.server)
      .post(`/api/cloudtrace/webhooks/${path}`)
      .set('content-type', 'application/json')
      .set(
        'x-signature',
        createHmac('sha256', secret).update(body).digest('hex'),
      )
      .send(body);

  it('accept signed webhooks, each once', async () => {
    const got: unknown[] = [];
    receive = async delivery => {
      const { id } = delivery.json<{ id: number }>({
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' } },
      });
      got.push(
        await delivery.once(async () => {
          got.push(id);
        }),
      );
    };
    const first = await send('{"id":1}');
    expect([first.status, first.body]).toEqual([202, { instance: 'main' }]);
    await send('{"id":1}');
    // Another instance is another sender.
    await send('{"id":1}', 'acme/second');
    expect(got).toEqual([1, 'accepted', 'replayed', 1, 'accepted']);

    const wrong = await send('{"id":"1"}');
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      "Invalid body: 'id' must be a whole number",
    ]);
    expect((await send('not JSON')).status).toBe(400);
    expect((await send('{"id":2}', 'acme/main', 'x')).status).toBe(401);
    expect((await send('{"id":2}', 'acme')).status).toBe(404);
    expect((await send('{"id":2}', 'nobody')).status).toBe(401);
    expect((await send(`"${'x'.repeat(2_000)}"`)).status).toBe(413);
    expect(got).toHaveLength(5);
  });

  it('ask the sender to retry what they cannot accept now', async () => {
    let isFull = true;
    receive = async delivery => {
      await delivery.once(async () => {
        if (isFull) throw new ServiceUnavailableError('full');
      });
    };
    const refused = await send('{"id":7}');
    expect([refused.status, refused.headers['retry-after']]).toEqual([
      503,
      '30',
    ]);
    isFull = false;
    expect((await send('{"id":7}')).status).toBe(202);
  });
});

it('do not require the module of a scanner', async () => {
  const databases = await startTestPostgres();
  const backend = await startCloudtraceBackend({
    database: await databases.createTestDatabase(),
    entities: [
      testEntity('shop', {
        metadata: {
          name: 'shop',
          annotations: {
            'sonarqube.org/project-key': 'shop',
            'snyk.io/project-ids': '22222222-2222-4222-8222-222222222222',
          },
        },
      }),
    ],
  });
  const { status, body } = await request(backend.server)
    .get('/api/cloudtrace/v1/entities/component/default/shop/diagnostics')
    .set(asUser());
  expect(status).toBe(200);
  const ids = body.sources.map(({ id }: { id: string }) => id);
  expect(ids.filter((id: string) => id.startsWith('scans:'))).toEqual([]);
  for (const path of ['snyk', 'sonarqube/default']) {
    const { status: refused } = await request(backend.server)
      .post(`/api/cloudtrace/webhooks/${path}`)
      .send('{}');
    expect(refused).toBe(401);
  }
  await backend.stop();
  await databases.stop();
});

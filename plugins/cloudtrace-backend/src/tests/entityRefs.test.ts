import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import document from '../schema/openapi.json';
import { readTarget } from '../tokens/uploads/readTarget';

jest.setTimeout(180_000);

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item)
    .filter(method => method !== 'parameters' && path.includes('{kind}'))
    .map(method => ({ method, path })),
);

/** An invalid value for each part of a path, and the part that the error must name. */
const badRefs: Array<
  [kind: string, namespace: string, name: string, part: string]
> = [
  ['component%2fdefault', 'x', 'victim', 'kind'],
  ['component:default', 'x', 'victim', 'kind'],
  ['1component', 'default', 'victim', 'kind'],
  ['component', 'default%2fvictim', 'x', 'namespace'],
  ['component', 'a:b', 'x', 'namespace'],
  ['component', '%2e%2e%5c', 'x', 'namespace'],
  ['component', 'default', 'victim%2fx', 'name'],
  ['component', 'default', 'component:victim', 'name'],
  ['component', 'default', 'vic%20tim', 'name'],
  ['component', 'default', 'victim%3fx=y', 'name'],
  ['component', 'default', 'victim%23', 'name'],
  ['component', 'default', 'vic%0atim', 'name'],
  ['component', 'default', 'vic%e2%80%8btim', 'name'],
  ['component', 'default', 'victim%25', 'name'],
  ['component', 'default', 'x'.repeat(254), 'name'],
];

describe('entity references in paths', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;

  beforeAll(async () => {
    databases = await startTestPostgres();
    backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      entities: [testEntity('victim'), testEntity('a.b_c-D')],
    });
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  const call = (method: string, path: string) =>
    (request(backend.server) as any)
      [method](`/api/cloudtrace${path}`)
      .set(asUser())
      .send(method === 'get' || method === 'delete' ? undefined : {});

  it.each(badRefs)(
    'are rejected with 400 by every route: %s, %s, %s',
    async (kind, namespace, name, part) => {
      for (const { method, path } of operations) {
        const filled = path
          .replace('{kind}', kind)
          .replace('{namespace}', namespace)
          .replace('{name}', name)
          .replace('{spanId}', '1'.repeat(16))
          .replace('{tokenId}', 'abcdefghijkl')
          .replace(/\{\w+\}/, '1'.repeat(32));
        const { status, body } = await call(method, filled);
        expect([method, path, status]).toEqual([method, path, 400]);
        expect(body.error.message).toContain(`path parameter '${part}'`);
      }
    },
  );

  it('are accepted in any case and with dots, dashes and underscores', async () => {
    for (const path of [
      'component/default/victim',
      'Component/Default/Victim',
      'component/default/a.b_c-D',
    ]) {
      const { status } = await call('get', `/v1/entities/${path}/tokens`);
      expect([path, status]).toEqual([path, 200]);
    }
  });
});

describe('entity references in the query of an upload', () => {
  it.each([
    'component:default/victim/x',
    'component:default/x:victim',
    'component/default:x/victim',
    'component:default/vic tim',
    'component:default/..',
    'component:/victim',
    'victim',
    '',
  ])('are rejected: %j', entity => {
    expect(() => readTarget({ entity })).toThrow(
      "Invalid query parameter 'entity'",
    );
  });

  it('are converted to lower case, with the default namespace', () => {
    expect(readTarget({ entity: 'Component:Shop' }).entityRef).toBe(
      'component:default/shop',
    );
  });
});

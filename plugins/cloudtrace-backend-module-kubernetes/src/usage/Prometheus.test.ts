import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ConfigReader } from '@backstage/config';
import { readPrometheusConfig } from '../config/readPrometheusConfig';
import { explainUsage } from '../problems/explainUsage';
import { Prometheus } from './Prometheus';

const { signal } = new AbortController();
let stop = async () => {};
afterEach(() => stop());

/** A Prometheus with fixed responses; returns the queries that it got. */
async function setUp(
  respond: (query: string, response: ServerResponse) => void,
  entry: object = {},
) {
  const queries: string[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    requests.push(request);
    const query = new URLSearchParams(await text(request)).get('query')!;
    queries.push(query);
    respond(query, response);
  });
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  const [config] = readPrometheusConfig(
    new ConfigReader({
      cloudtrace: {
        kubernetes: {
          prometheus: [
            { cluster: 'c1', url: `http://127.0.0.1:${port}/`, ...entry },
          ],
        },
      },
    }),
  );
  const read = (...namespaces: string[]) =>
    new Prometheus(config).read(namespaces, signal);
  return { read, queries, requests };
}

const vector = (
  ...items: Array<[pod: string, seconds: number, value: unknown]>
) =>
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'vector',
      result: items.map(([pod, seconds, value]) => ({
        metric: { namespace: 'shop', pod },
        value: [seconds, value],
      })),
    },
  });

describe('Prometheus', () => {
  it('returns the figures of pods, by namespace', async () => {
    const { read, queries, requests } = await setUp(
      (query, response) =>
        response.end(
          query.includes('memory')
            ? vector(['a', 1_700_000_010, '1048576'])
            : vector(['a', 1_700_000_000.5, '0.25']),
        ),
      { token: 'secret' },
    );
    const usage = await read('shop', 'empty', 'x"} or vector(1)');
    expect(usage.get('shop')).toEqual({
      from: 'prometheus',
      pods: new Map([
        ['a', { at: new Date(1_700_000_000_500), cpu: 0.25, memory: 1048576 }],
      ]),
    });
    expect(usage.get('empty')!.pods.size).toBe(0);
    expect(queries).toHaveLength(2);
    expect(queries[0]).toContain('{namespace=~"shop|empty",');
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/query',
      headers: { authorization: 'Bearer secret' },
    });
  });

  it('reads requests and latency only with a query', async () => {
    const { read, queries } = await setUp(
      (_, response) => response.end(vector(['a', 1_700_000_000, '7'])),
      { queries: { requestsPerSecond: 'rps{namespace=~"$namespaces"}' } },
    );
    const usage = await read('shop');
    expect(queries).toHaveLength(3);
    expect(queries[2]).toBe('rps{namespace=~"shop"}');
    expect(usage.get('shop')!.pods.get('a')).toMatchObject({
      requestsPerSecond: 7,
    });
    expect(usage.get('shop')!.pods.get('a')).not.toHaveProperty('latencyMs');
  });

  it.each(['NaN', '+Inf', '-1', '', 5, null])(
    'ignores a value that is no figure: %j',
    async value => {
      const { read } = await setUp((_, response) =>
        response.end(vector(['a', 1_700_000_000, value])),
      );
      const { pods, error } = (await read('shop')).get('shop')!;
      expect([...pods]).toEqual([]);
      expect(error).toBeUndefined();
    },
  );

  it.each<[string, number, string, string]>([
    ['a status', 503, '', 'it responded with HTTP 503'],
    ['a bad query', 400, '', 'it responded with HTTP 400'],
    [
      'a page',
      200,
      '<html>',
      'it did not send one value per pod (an instant vector)',
    ],
    [
      'a scalar',
      200,
      '{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}',
      'it did not send one value per pod (an instant vector)',
    ],
    [
      'too much',
      200,
      ' '.repeat(33 * 1024 * 1024),
      'it sent an object that is too large',
    ],
  ])('says why nothing is known: %s', async (_, status, body, reason) => {
    const { read } = await setUp((__, response) => {
      response.statusCode = status;
      response.end(body);
    });
    const usage = (await read('shop')).get('shop')!;
    expect(usage.pods.size).toBe(0);
    expect(explainUsage('c1', 'web', usage)).toMatchObject({
      message: `Prometheus of cluster 'c1' could not be read: ${reason}, so CPU and memory of web are unknown`,
      nextStep: expect.stringContaining('cloudtrace.kubernetes.prometheus'),
    });
  });
});

describe('readPrometheusConfig', () => {
  const read = (...prometheus: object[]) =>
    readPrometheusConfig(
      new ConfigReader({ cloudtrace: { kubernetes: { prometheus } } }),
    );

  it.each([
    [[{ cluster: 'c1', url: 'file:///x' }], 'http or https'],
    [[{ cluster: 'c1' }], 'url'],
    [
      [
        { cluster: 'c1', url: 'http://a' },
        { cluster: 'c1', url: 'http://b' },
      ],
      "'c1' twice",
    ],
  ])('rejects %j', (entries, message) => {
    expect(() => read(...entries)).toThrow(message);
  });

  it('reads nothing without configuration', () => {
    expect(readPrometheusConfig(new ConfigReader({}))).toEqual([]);
  });
});

import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readPrometheusConfig } from '../config/readPrometheusConfig';
import type { NamespaceUsage } from '../objects/PodUsage';
import { explainUsage } from '../problems/explainUsage';
import { Prometheus } from './Prometheus';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const NOW = new Date(1_700_000_020_000);
const SUBJECT = { cluster: 'c1', namespace: 'shop', name: 'web' };
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
  const logger = mockServices.logger.mock();
  const prometheus = new Prometheus(config, { logger });
  const read = async (...namespaces: string[]) => {
    const usage = new Map<string, NamespaceUsage>();
    await prometheus.read(namespaces, {
      publish: (namespace, own) => usage.set(namespace, own),
      deadlineMs: 50_000,
      signal,
    });
    return usage;
  };
  return { read, queries, requests, logger };
}

/** Problems of a workload with one pod, which has run for an hour. */
const explain = (usage: NamespaceUsage | undefined, now = NOW) =>
  explainUsage(
    SUBJECT,
    {
      pods: [
        {
          metadata: { name: 'a' },
          status: { phase: 'Running', startTime: '2023-11-14T21:00:00Z' },
        },
      ],
      usage,
    },
    now,
  );

/** An answer with series that have labels of their own. */
const series = (
  items: Array<{ labels: Record<string, string>; value: string }>,
  more: object = {},
) =>
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'vector',
      result: items.map(({ labels, value }) => ({
        metric: labels,
        value: [1_700_000_000, value],
      })),
    },
    ...more,
  });

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
      figures: ['cpu', 'memory'],
      unread: [],
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
      const { pods, unread } = (await read('shop')).get('shop')!;
      expect([...pods]).toEqual([]);
      expect(unread).toEqual([]);
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
    expect(explain(usage)).toMatchObject([
      {
        message: `Prometheus of cluster 'c1' could not be read (cpu, memory): ${reason}, so CPU figures, memory figures of web are unknown`,
        nextStep: expect.stringContaining('cloudtrace.kubernetes.prometheus'),
      },
    ]);
  });

  it('keeps the other figures if one query fails, and logs what Prometheus says', async () => {
    const { read, logger } = await setUp(
      (query, response) => {
        const isLatency = query.startsWith('latency');
        response.statusCode = isLatency ? 400 : 200;
        response.end(
          isLatency
            ? '{"status":"error","errorType":"bad_data","error":"parse error"}'
            : vector(['a', 1_700_000_000, '1']),
        );
      },
      { queries: { latencyMs: 'latency(' } },
    );
    const usage = (await read('shop')).get('shop')!;
    expect(usage.pods.get('a')).toMatchObject({ cpu: 1, memory: 1 });
    expect(usage.pods.get('a')).not.toHaveProperty('latencyMs');
    expect(explain(usage).map(({ message }) => message)).toEqual([
      "Prometheus of cluster 'c1' could not be read (latencyMs): it responded with HTTP 400, so latencies of web are unknown",
    ]);
    await read('shop');
    expect(logger.warn.mock.calls).toEqual([
      ['Prometheus of cluster c1, query latencyMs: parse error'],
    ]);
  });

  it('does not use a partial answer as the whole', async () => {
    const { read, logger } = await setUp((query, response) =>
      response.end(
        series(
          [{ labels: { namespace: 'shop', pod: 'a' }, value: '1' }],
          query.includes('memory')
            ? { warnings: ['store 10.0.0.7: connection refused'] }
            : { infos: ['PromQL info: metric might not be a counter'] },
        ),
      ),
    );
    const usage = (await read('shop')).get('shop')!;
    expect(usage.pods.get('a')).toMatchObject({ cpu: 1 });
    expect(usage.pods.get('a')).not.toHaveProperty('memory');
    const [problem] = explain(usage);
    expect(problem).toMatchObject({
      code: 'unavailable',
      message:
        "Prometheus of cluster 'c1' could not be read (memory): it responded with warnings, so values may be missing, so memory figures of web are unknown",
    });
    expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('10.0.0.7'),
    );
  });

  it.each<[string, number, string[]]>([
    ['nothing', 1_700_000_000, []],
    ['values of other pods', 1_700_000_000, ['b']],
  ])('says that the answer contains %s', async (_, seconds, names) => {
    const { read } = await setUp(
      (__, response) =>
        response.end(
          vector(
            ...names.map((name): [string, number, string] => [
              name,
              seconds,
              '0',
            ]),
          ),
        ),
      { queries: { requestsPerSecond: 'rps' } },
    );
    expect(explain((await read('shop')).get('shop'))).toMatchObject([
      {
        code: 'unavailable',
        message:
          "Prometheus of cluster 'c1' returned no values of the running pods (cpu, memory), so CPU figures, memory figures of web are unknown",
        nextStep: expect.stringContaining('for the namespace shop'),
      },
      {
        code: 'not-measured',
        message: expect.stringContaining('(requestsPerSecond)'),
      },
    ]);
  });

  it('says that all values are old', async () => {
    const { read } = await setUp((_, response) =>
      response.end(vector(['a', 1_700_000_000, '1'])),
    );
    const usage = (await read('shop')).get('shop');
    expect(explain(usage)).toEqual([]);
    const later = new Date(NOW.getTime() + 200_000);
    expect(explain(usage, later)).toMatchObject([
      {
        code: 'unavailable',
        message: expect.stringContaining('only values older than 3 minutes'),
        nextStep: expect.stringContaining('clocks'),
      },
    ]);
  });

  it('says that values have no labels namespace and pod', async () => {
    const { read } = await setUp((_, response) =>
      response.end(
        series([{ labels: { exported_pod: 'a', instance: 'x' }, value: '1' }]),
      ),
    );
    expect(explain((await read('shop')).get('shop'))).toMatchObject([
      {
        code: 'invalid-response',
        message: expect.stringContaining(
          'no value has the labels namespace and pod',
        ),
        nextStep: expect.stringContaining('sum by (namespace, pod)'),
      },
    ]);
  });

  it('says in the log why Prometheus cannot be reached, once', async () => {
    const { read, logger } = await setUp((_, response) => response.destroy());
    const usage = (await read('shop')).get('shop');
    await read('shop');
    expect(explain(usage)).toMatchObject([
      { nextStep: expect.stringContaining("the portal's log has the error") },
    ]);
    expect(logger.warn.mock.calls.map(([logged]) => logged)).toEqual([
      expect.stringMatching(/query cpu: .*socket hang up/),
      expect.stringMatching(/query memory: .*socket hang up/),
    ]);
  });

  it('combines the series of a pod by the meaning of the figure', async () => {
    const part = (labels: Record<string, string>, value: string) => ({
      labels: { namespace: 'shop', pod: 'a', ...labels },
      value,
    });
    const answers: Record<string, string> = {
      cpu: series([
        part({ container: 'app', job: 'kubelet' }, '1'),
        part({ container: 'app', job: 'other', node: 'n1' }, '1.1'),
        part({ container: 'proxy', job: 'kubelet' }, '0.5'),
        part({ container: '', job: 'kubelet' }, '1.5'),
      ]),
      memory: series([
        part({ container: 'app' }, '7'),
        part({ container: 'proxy' }, 'NaN'),
      ]),
      rps: series([
        part({ code: '200', instance: 'x:1' }, '4'),
        part({ code: '200', instance: 'x:2' }, '4'),
        part({ code: '500', instance: 'x:1' }, '1'),
      ]),
      latency: series([
        part({ route: '/a' }, '20'),
        part({ route: '/b' }, '90'),
        part({ route: '/c' }, 'NaN'),
      ]),
    };
    const { read } = await setUp(
      (query, response) => response.end(answers[query]),
      {
        queries: {
          cpu: 'cpu',
          memory: 'memory',
          requestsPerSecond: 'rps',
          latencyMs: 'latency',
        },
      },
    );
    const { pods } = (await read('shop')).get('shop')!;
    // The sum of containers is unknown if one is; scrapers count once.
    expect(pods.get('a')).toEqual({
      at: new Date(1_700_000_000_000),
      cpu: 1.6,
      requestsPerSecond: 5,
      latencyMs: 90,
    });
  });

  it('selects the series of one cluster by its labels', async () => {
    const { read, queries } = await setUp(
      (_, response) => response.end(vector()),
      { labels: { cluster: 'eu "1"', region: 'eu' } },
    );
    await read('shop');
    for (const query of queries) {
      expect(query).toContain(
        '{namespace=~"shop",container!="",pod!="",cluster="eu \\"1\\"",region="eu"}',
      );
    }
  });

  it('counts a container once although two scrapers read it', async () => {
    const { read, queries } = await setUp((_, response) =>
      response.end(vector()),
    );
    await read('shop');
    for (const query of queries) {
      expect(query).toMatch(
        /^sum by \(namespace, pod\) \(max by \(namespace, pod, container\) \(/,
      );
    }
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
    [[{ cluster: 'c1', url: 'http://a', labels: { 'a-b': 'x' } }], "got 'a-b'"],
    [[{ cluster: 'c1', url: 'http://a', labels: { a: 1 } }], "got 'a'"],
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

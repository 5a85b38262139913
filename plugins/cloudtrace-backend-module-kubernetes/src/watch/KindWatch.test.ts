import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { watchCalls } from '../calls/watchCalls';
import { ClusterClient } from '../client/ClusterClient';
import { ObjectStore } from '../store/ObjectStore';
import { nameOf } from '../store/readers';
import { FakeApiServer, sendStatus } from '../testUtils/FakeApiServer';
import { pod } from '../testUtils/objects';
import { until } from '../testUtils/until';
import type { WatchedKind } from '../objects/types';
import { KindWatch } from './KindWatch';
import type { WatchTimings } from './WatchTimings';

jest.setTimeout(60_000);

let server: FakeApiServer;
let stopped: AbortController;
let runs: Array<Promise<void>>;

beforeEach(async () => {
  server = await new FakeApiServer().start();
  stopped = new AbortController();
  runs = [];
});

afterEach(async () => {
  stopped.abort();
  await Promise.all(runs);
  await server.stop();
});

function startWatch(
  options: {
    kind?: WatchedKind;
    timings?: Partial<WatchTimings>;
    getToken?: () => string;
  } = {},
) {
  const { kind = 'pods', getToken = () => 't' } = options;
  const client = new ClusterClient({
    cluster: { name: 'test', url: server.url, authMetadata: {} },
    getCredential: async () => ({ type: 'bearer token', token: getToken() }),
  });
  const changes: string[] = [];
  const states: string[] = [];
  const watch: KindWatch = new KindWatch({
    call: watchCalls.find(call => call.kind === kind)!,
    client,
    store: new ObjectStore(),
    timings: { retryMs: 5, maxRetryMs: 20, ...options.timings },
    onChanges: list => {
      for (const { before, after } of list) {
        changes.push(
          `${after ? 'set' : 'deleted'} ${nameOf((after ?? before)!).name}`,
        );
      }
    },
    onState: () => states.push(watch.error?.code ?? 'complete'),
  });
  runs.push(watch.run(stopped.signal));
  return { watch, changes, states };
}

/** Long enough for a later time to differ. */
const passTime = () => delay(5);

const names = (watch: KindWatch) =>
  watch.store.list().map(object => nameOf(object).name);

it('lists once and then follows changes', async () => {
  server.put('pods', pod('orders', 'a'));
  const { watch, changes } = startWatch();
  await until(() => server.isWatched('pods'));
  server.put('pods', pod('orders', 'b'));
  server.delete('pods', pod('orders', 'a'));
  await until(() => changes.length === 3);

  expect(changes).toEqual([
    'set orders-1-a',
    'set orders-1-b',
    'deleted orders-1-a',
  ]);
  expect(names(watch)).toEqual(['orders-1-b']);
  expect(server.count('pods', 'list')).toBe(1);
});

it('stores no environment variables, annotations and managed fields', async () => {
  server.put('pods', pod('orders', 'a'));
  const { watch } = startWatch();
  await until(() => watch.store.size === 1);

  expect(JSON.stringify(watch.store.list())).not.toMatch(
    /secret|PASSWORD|managedFields/,
  );
  expect(watch.store.list()[0]).toMatchObject({
    kind: 'Pod',
    status: { phase: 'Running' },
  });
});

it.each(['end', 'break'] as const)(
  'continues where it was when a watch ends: %s',
  async how => {
    const { watch, changes, states } = startWatch();
    await until(() => server.isWatched('pods'));
    server.put('pods', pod('orders', 'a'));
    await until(() => changes.length === 1);
    server.drop('pods', how);
    server.put('pods', pod('orders', 'b'));
    await until(() => changes.length === 2);

    expect(names(watch)).toEqual(['orders-1-a', 'orders-1-b']);
    expect(states).toEqual(['complete']);
    expect(server.count('pods', 'list')).toBe(1);
    expect(server.count('pods', 'watch')).toBeGreaterThan(1);
  },
);

it('continues from a bookmark', async () => {
  const { watch } = startWatch();
  await until(() => server.isWatched('pods'));
  const before = watch.freshAt!;
  await passTime();
  const version = server.bookmark('pods');
  await until(() => watch.freshAt! > before, 'a fresh bookmark');
  server.drop('pods', 'end');
  await until(() => server.count('pods', 'watch') === 2);

  const last = server.requests.at(-1)!;
  expect(last.query.get('resourceVersion')).toBe(version);
  expect(last.query.get('allowWatchBookmarks')).toBe('true');
  expect(server.count('pods', 'list')).toBe(1);
});

it('lists again when the cluster forgot the version', async () => {
  server.put('pods', pod('orders', 'a'));
  const { watch, changes } = startWatch();
  await until(() => server.isWatched('pods'));
  server.drop('pods');
  server.delete('pods', pod('orders', 'a'));
  server.put('pods', pod('orders', 'b'));
  server.compact();
  await until(() => changes.length === 3);

  expect(names(watch)).toEqual(['orders-1-b']);
  expect(changes).toContain('deleted orders-1-a');
  expect(server.count('pods', 'list')).toBe(2);
  expect(watch.error).toBeUndefined();
});

it('does not confirm a version that the first event rejects, and lists at once', async () => {
  const { watch } = startWatch({ timings: { retryMs: 3_600_000 } });
  await until(() => server.isWatched('pods'));
  const before = watch.freshAt!;
  await passTime();
  let lists = 0;
  let finishList = () => {};
  server.answer = (request, response) => {
    if (request.url!.includes('watch=')) return false;
    lists += 1;
    finishList = () => sendStatus(response, 403);
    return true;
  };
  server.compact();
  server.drop('pods', 'end');
  await until(() => lists === 1, 'a list without a wait');
  expect(watch.freshAt).toEqual(before);

  finishList();
  await until(() => watch.error !== undefined);
  expect(watch.error).toMatchObject({ code: 'access-denied' });
  expect(watch.freshAt).toEqual(before);
});

it('waits and reports when lists do not help against HTTP 410', async () => {
  server.answer = (request, response) => {
    if (!request.url!.includes('watch=')) return false;
    sendStatus(response, 410);
    return true;
  };
  const { watch } = startWatch({ timings: { retryMs: 3_600_000 } });
  await until(() => watch.error !== undefined);
  expect(watch.error).toMatchObject({ status: 410 });
  expect(server.count('pods', 'list')).toBe(2);
});

it('confirms when the cluster ends a quiet watch', async () => {
  const { watch } = startWatch({
    timings: { watchSeconds: 0.6, silenceGraceMs: 5_000, shortWatchMs: 100 },
  });
  await until(() => server.isWatched('pods'));
  const before = watch.freshAt!;
  await until(() => watch.freshAt! > before, 'the end of the watch');
  expect(server.count('pods', 'list')).toBe(1);
});

it('confirms nothing when something ends each watch at once', async () => {
  const { watch } = startWatch();
  await until(() => server.isWatched('pods'));
  const before = watch.freshAt!;
  await passTime();
  server.answer = (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end();
    return true;
  };
  server.drop('pods', 'end');
  await until(() => server.count('pods', 'watch') > 3);
  expect(watch.freshAt).toEqual(before);
});

it('recovers soon from a failure although nothing changes', async () => {
  const { watch } = startWatch({
    timings: { doubtfulWatchSeconds: 0.6, shortWatchMs: 100 },
  });
  await until(() => server.isWatched('pods'));
  server.answer = (_, response) => {
    sendStatus(response, 503);
    return true;
  };
  server.drop('pods');
  await until(() => watch.error !== undefined);
  server.answer = undefined;
  await until(() => watch.error === undefined, 'the end of a short watch');
  expect(server.count('pods', 'list')).toBe(1);
});

it('reports a cluster that breaks each watch', async () => {
  const { watch } = startWatch();
  await until(() => server.isWatched('pods'));
  server.answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('\n', () => response.destroy());
    return true;
  };
  server.drop('pods');
  await until(() => watch.error !== undefined);
  expect(watch.error).toMatchObject({ code: 'unavailable' });
});

it('lists again after HTTP 410', async () => {
  let gone = 1;
  server.answer = (request, response) => {
    if (!request.url!.includes('watch=') || gone-- <= 0) return false;
    sendStatus(response, 410);
    return true;
  };
  startWatch();
  await until(() => server.isWatched('pods'));
  expect(server.count('pods', 'list')).toBe(2);
});

it('reports a denied kind and recovers when it is allowed', async () => {
  let denied = true;
  server.answer = (_, response) => {
    if (denied) sendStatus(response, 403);
    return denied;
  };
  const { watch } = startWatch();
  await until(() => watch.error !== undefined);
  expect(watch.error).toMatchObject({ code: 'access-denied', status: 403 });
  expect(watch.freshAt).toBeUndefined();

  denied = false;
  await until(() => watch.freshAt !== undefined);
  expect(watch.error).toBeUndefined();
});

it('reads credentials again when the cluster rejects them', async () => {
  server.token = 'new';
  const tokens = ['expired', 'new'];
  const { watch } = startWatch({ getToken: () => tokens.shift() ?? 'new' });
  await until(() => watch.freshAt !== undefined);

  expect(watch.error).toBeUndefined();
  expect(server.requests.slice(0, 2).map(({ token }) => token)).toEqual([
    'expired',
    'new',
  ]);
});

it('reads credentials again when they expire during a watch', async () => {
  let token = 'old';
  server.token = 'old';
  const { watch, changes, states } = startWatch({ getToken: () => token });
  await until(() => server.isWatched('pods'));
  token = 'new';
  server.token = 'new';
  server.drop('pods', 'end');
  await until(() => server.isWatched('pods'));
  server.put('pods', pod('orders', 'a'));
  await until(() => changes.length === 1);

  expect(states).toEqual(['complete']);
  expect(watch.error).toBeUndefined();
  expect(server.count('pods', 'list')).toBe(1);
});

it('reports credentials that stay rejected, and keeps what it knows', async () => {
  server.put('pods', pod('orders', 'a'));
  const { watch } = startWatch();
  await until(() => server.isWatched('pods'));
  const before = watch.freshAt!;
  server.token = 'other';
  server.drop('pods');
  await until(() => watch.error !== undefined);

  expect(watch.error).toMatchObject({ code: 'expired-credentials' });
  expect(names(watch)).toEqual(['orders-1-a']);
  expect(watch.freshAt).toEqual(before);
});

it('gives up on a watch that hangs, and continues without a list', async () => {
  const { watch, changes } = startWatch({
    timings: { watchSeconds: 0.05, silenceGraceMs: 10 },
  });
  await until(() => server.count('pods', 'watch') >= 3);
  server.put('pods', pod('orders', 'a'));
  await until(() => changes.length === 1);

  expect(server.count('pods', 'list')).toBe(1);
  expect(names(watch)).toEqual(['orders-1-a']);
});

it('gives up on a cluster that accepts connections and never responds', async () => {
  server.answer = () => true;
  const { watch } = startWatch({
    kind: 'rollouts',
    timings: { connectMs: 30 },
  });
  await until(() => watch.error !== undefined);
  expect(watch.error).toMatchObject({ code: 'timeout' });
});

it.each([
  ['HTML', '<html>Sign in</html>'],
  ['JSON that is no list', '{"hello":"world"}'],
  ['a JSON value', '7'],
  ['nothing', ''],
])('reports a list that is %s', async (_, body) => {
  server.answer = (__, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(body);
    return true;
  };
  const { watch } = startWatch();
  await until(() => watch.error !== undefined);
  expect(watch.error).toMatchObject({ code: 'invalid-response' });
  expect(watch.freshAt).toBeUndefined();
});

it.each([['<html>'], ['null'], ['{"type":7}'], ['{"type":"ADDED"']])(
  'reports a watch event that is %s and continues',
  async line => {
    const { watch, changes } = startWatch();
    await until(() => server.isWatched('pods'));
    let broken = true;
    server.answer = (_, response) => {
      if (!broken) return false;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`${line}\n`);
      return true;
    };
    server.drop('pods');
    await until(() => watch.error !== undefined);
    expect(watch.error).toMatchObject({ code: 'invalid-response' });

    broken = false;
    server.put('pods', pod('orders', 'a'));
    await until(() => changes.length === 1);
    expect(watch.error).toBeUndefined();
    expect(server.count('pods', 'list')).toBe(1);
  },
);

it('survives malformed objects in lists and watches', async () => {
  const broken = [
    null,
    7,
    'text',
    [],
    {},
    { metadata: null },
    { metadata: { name: 7 } },
  ];
  server.answer = (request, response) => {
    if (request.url!.includes('watch=')) return false;
    response.end(
      JSON.stringify({
        metadata: { resourceVersion: '100' },
        items: [...broken, { metadata: { name: 'a' }, spec: 7, status: [] }],
      }),
    );
    return true;
  };
  const { watch, changes } = startWatch();
  await until(() => server.isWatched('pods'));
  for (const object of broken) server.send('pods', { type: 'ADDED', object });
  server.send('pods', { type: 'SURPRISE', object: {} });
  server.put('pods', pod('orders', 'b'));
  await until(() => changes.length === 2);
  expect(names(watch)).toEqual(['a', 'orders-1-b']);
  expect(watch.error).toBeUndefined();
});

it('waits as long as the cluster asks', async () => {
  server.answer = (_, response) => {
    response.writeHead(429, { 'retry-after': '3600' });
    response.end();
    return true;
  };
  const { watch } = startWatch();
  await until(() => watch.error !== undefined);
  await new Promise(done => {
    setTimeout(done, 100);
  });
  expect(watch.error).toMatchObject({ code: 'throttled' });
  expect(server.requests).toHaveLength(1);
});

it('does not count a missing optional API as a failure', async () => {
  const { watch } = startWatch({ kind: 'scaledobjects' });
  await until(() => watch.freshAt !== undefined);
  expect(watch.error).toBeUndefined();
  expect(server.count('scaledobjects', 'list')).toBe(0);
});

it('finds an optional API that is installed later', async () => {
  const { watch } = startWatch({
    kind: 'scaledobjects',
    timings: { notInstalledMs: 20 },
  });
  await until(() => watch.freshAt !== undefined);
  server.put('scaledobjects', {
    metadata: { name: 'orders', namespace: 'shop' },
  });
  await until(() => watch.store.size === 1);
  expect(names(watch)).toEqual(['orders']);
});

it.each(['pods', 'scaledobjects'] as const)(
  'confirms sooner when asked, without an error: %s',
  async kind => {
    const { watch, states } = startWatch({
      kind,
      timings: { doubtfulWatchSeconds: 0.01, shortWatchMs: 1 },
    });
    await until(() => watch.freshAt !== undefined);
    await until(() => kind === 'scaledobjects' || server.isWatched(kind));
    const before = watch.freshAt!;
    await delay(50);
    expect(await watch.confirmSoon()).toBe(true);
    expect(watch.freshAt!.getTime()).toBeGreaterThan(before.getTime());
    expect(states).toEqual(['complete']);
    expect(watch.error).toBeUndefined();
    expect(server.count('pods', 'list')).toBe(kind === 'pods' ? 1 : 0);
  },
);

it('ends no watch that was just confirmed or that fails', async () => {
  const { watch } = startWatch();
  await until(() => server.isWatched('pods'));
  expect(await watch.confirmSoon()).toBe(false);
  expect(server.count('pods', 'watch')).toBe(1);
  server.answer = (_request, response) => {
    sendStatus(response, 503);
    return true;
  };
  server.drop('pods');
  await until(() => watch.error !== undefined);
  expect(await watch.confirmSoon()).toBe(false);
});

const html404 = (response: ServerResponse) => {
  response.writeHead(404, {
    'content-type': 'text/html',
    server: 'nginx/1.27',
  });
  response.end('<html>Not here</html>');
};
const text404 = (response: ServerResponse) => {
  response.writeHead(404, { 'content-type': 'text/plain' });
  response.end('404 page not found\n');
};

it.each([
  ['a page', html404, 'invalid-response'],
  ['the text of the API server', text404, 'not-enabled'],
  ['a Status', (r: ServerResponse) => sendStatus(r, 404), 'not-enabled'],
])(
  'does not take a 404 for all paths as a missing API: %s',
  async (_, respond, code) => {
    server.put('scaledobjects', {
      metadata: { name: 'orders', namespace: 'shop' },
    });
    const { watch } = startWatch({ kind: 'scaledobjects' });
    await until(() => server.isWatched('scaledobjects'));
    server.answer = (_request, response) => {
      respond(response);
      return true;
    };
    server.drop('scaledobjects', 'break');
    await until(() => watch.error !== undefined);
    expect(watch.error).toMatchObject({ code, status: 404 });
    expect(names(watch)).toEqual(['orders']);
  },
);

it('says what sent a 404 instead of the API server', async () => {
  server.answer = (_request, response) => {
    html404(response);
    return true;
  };
  const { watch } = startWatch({ kind: 'rollouts' });
  await until(() => watch.error !== undefined);
  expect(watch.freshAt).toBeUndefined();
  expect(watch.error!.message).toBe(
    'something other than its API server responded with HTTP 404 (nginx/1.27, text/html)',
  );
});

it.each(['page', 'Status'])(
  'takes an API as missing if the cluster does not list it, whatever the 404: %s',
  async form => {
    server.answer = (request, response) => {
      if (!request.url!.startsWith('/apis/keda.sh/')) return false;
      if (form === 'page') html404(response);
      else sendStatus(response, 404);
      return true;
    };
    const { watch } = startWatch({ kind: 'scaledobjects' });
    await until(() => watch.freshAt !== undefined);
    expect(watch.error).toBeUndefined();
  },
);

it('forgets the objects of an API that is removed', async () => {
  server.put('scaledobjects', {
    metadata: { name: 'orders', namespace: 'shop' },
  });
  const { watch, changes, states } = startWatch({ kind: 'scaledobjects' });
  await until(() => server.isWatched('scaledobjects'));
  server.uninstall('scaledobjects');
  await until(() => watch.store.size === 0);

  expect(changes).toEqual(['set orders', 'deleted orders']);
  expect(states).toEqual(['complete']);
  expect(watch.error).toBeUndefined();
});

it('reads 5,000 pods in ten pages and then lists nothing', async () => {
  for (let i = 0; i < 5_000; i++) server.put('pods', pod('orders', `${i}`));
  const { watch, changes } = startWatch();
  await until(() => server.isWatched('pods'));
  expect(watch.store.size).toBe(5_000);
  expect(server.count('pods', 'list')).toBe(10);

  server.drop('pods', 'end');
  server.put('pods', pod('orders', 'new'));
  await until(() => changes.length === 5_001);
  expect(server.count('pods', 'list')).toBe(10);
});

import { watchCalls } from '../calls/watchCalls';
import { ClusterClient } from '../client/ClusterClient';
import { FakeApiServer } from '../testUtils/FakeApiServer';
import { pod } from '../testUtils/objects';
import { listAll } from './listAll';

let server: FakeApiServer;
beforeEach(async () => {
  server = await new FakeApiServer().start();
});
afterEach(() => server.stop());

const limits = { pageBytes: 1e6, totalBytes: 1e7, pages: 20 };
const list = (changes: Partial<typeof limits> = {}) =>
  listAll({
    client: new ClusterClient({
      cluster: { name: 'test', url: server.url, authMetadata: {} },
      getCredential: async () => ({ type: 'anonymous' }),
    }),
    call: watchCalls.find(({ kind }) => kind === 'pods')!,
    signal: new AbortController().signal,
    limits: { ...limits, ...changes },
  });

/** Answers each page with the token that the function returns. */
const answerWith = (tokenOf: (page: number) => string) => {
  let page = 0;
  server.answer = (_request, response) => {
    page += 1;
    const metadata = { resourceVersion: '7', continue: tokenOf(page) };
    response.end(JSON.stringify({ metadata, items: [] }));
    return true;
  };
};

it('ends a list whose server repeats a token', async () => {
  answerWith(page => (page === 1 ? 'first' : 'again'));
  await expect(list()).rejects.toMatchObject({
    code: 'invalid-response',
    message: 'it sent the same page of a list again',
  });
  expect(server.requests).toHaveLength(3);
});

it('ends a list that has too many pages', async () => {
  answerWith(page => `${page}`);
  await expect(list()).rejects.toMatchObject({
    code: 'invalid-response',
    reason: { code: 'kubernetes-list-too-large' },
  });
  expect(server.requests).toHaveLength(limits.pages);
});

it.each([
  ['a page', { pageBytes: 10_000 }],
  ['all pages together', { totalBytes: 1e5 }],
])('ends a list that is too large: %s', async (_, changes) => {
  for (let i = 0; i < 1_100; i++) server.put('pods', pod('orders', `${i}`));
  const { objects } = await list();
  expect(objects).toHaveLength(1_100);
  await expect(list(changes)).rejects.toMatchObject({
    code: 'invalid-response',
    reason: { code: 'kubernetes-list-too-large' },
  });
});

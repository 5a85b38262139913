import { clusterAt, component, scopeOf } from '../testUtils/createTestProvider';
import { createAuthority } from '../testUtils/createAuthority';
import { fillShop, TestClusters } from '../testUtils/TestClusters';

jest.setTimeout(60_000);

const LOOPBACK = '127.0.0.1';
const { signal } = new AbortController();
const clusters = new TestClusters();
const authority = createAuthority('of the cluster');
const other = createAuthority('of another cluster');
const certificate = authority.issueFor(LOOPBACK);
afterEach(() => clusters.stop());

async function locateOver(
  served: typeof certificate,
  trust: { caData?: string; caFile?: string; skipTLSVerify?: boolean },
) {
  const server = await clusters.startServer(served);
  fillShop(server);
  const { provider } = await clusters.startProvider([
    { ...clusterAt(server.url), ...trust },
  ]);
  return provider.locate([scopeOf(component('orders'))], { signal });
}

it.each([
  ['the authority of the cluster', certificate, { caData: authority.caData }],
  ['no check', other.issueForHost('localhost'), { skipTLSVerify: true }],
])('reads a cluster over HTTPS with %s', async (_, served, trust) => {
  const { locations, problems } = await locateOver(served, trust);
  expect(problems).toEqual([]);
  expect(locations).toHaveLength(1);
});

const untrusted = /its certificate is not trusted \([A-Z_]+\)/;
const unusable = /its caData or caFile contains no certificate/;

it.each([
  ['another authority', { caData: other.caData }, untrusted],
  ['only public authorities', {}, untrusted],
  ['no Base64 of a certificate', { caData: 'bm90IGEgY2VydA==' }, unusable],
  ['a file that does not exist', { caFile: '/does/not/exist.pem' }, unusable],
])('says what is wrong with %s', async (_, trust, message) => {
  const { locations, problems } = await locateOver(certificate, trust);
  expect(locations).toEqual([]);
  expect(problems[0]).toMatchObject({
    account: 'production',
    message: expect.stringMatching(message),
    nextStep: expect.stringContaining('caData'),
  });
});

it('says that a certificate is for another host', async () => {
  const { problems } = await locateOver(authority.issueForHost('example.com'), {
    caData: authority.caData,
  });
  expect(problems[0].message).toMatch(
    /its certificate is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
  );
});

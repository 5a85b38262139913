import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readPrometheusConfig } from '../config/readPrometheusConfig';
import type { NamespaceUsage } from '../objects/PodUsage';
import { explainUsage } from '../problems/explainUsage';
import { createAuthority } from '../testUtils/createAuthority';
import { Prometheus } from './Prometheus';

jest.setTimeout(60_000);

const LOOPBACK = '127.0.0.1';
const authority = createAuthority('of Prometheus');
const pemOf = (caData: string) => Buffer.from(caData, 'base64').toString();
const configOf = (url: string, caFile?: string) =>
  readPrometheusConfig(
    new ConfigReader({
      cloudtrace: {
        kubernetes: { prometheus: [{ cluster: 'c1', url, caFile }] },
      },
    }),
  )[0];

describe('the certificate of Prometheus', () => {
  let folder: string;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    server = createServer(authority.issueFor(LOOPBACK), (_, response) => {
      response.end(
        JSON.stringify({
          status: 'success',
          data: {
            resultType: 'vector',
            result: [
              {
                metric: { namespace: 'shop', pod: 'a' },
                value: [1_700_000_000, '1'],
              },
            ],
          },
        }),
      );
    });
    await new Promise<void>(done => {
      server.listen(0, LOOPBACK, done);
    });
    url = `https://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function read(caFile?: string) {
    const prometheus = new Prometheus(configOf(url, caFile), {
      logger: mockServices.logger.mock(),
    });
    const usage: NamespaceUsage[] = [];
    await prometheus.read(['shop'], {
      publish: (_, own) => usage.push(own),
      deadlineMs: 30_000,
      signal: new AbortController().signal,
    });
    return usage[0];
  }
  const fileWith = (text: string) => {
    const path = join(folder, 'authority.pem');
    writeFileSync(path, text);
    return path;
  };
  const explained = async (caFile?: string) =>
    explainUsage(
      { cluster: 'c1', namespace: 'shop', name: 'web' },
      { pods: [], usage: await read(caFile) },
      new Date(),
    );

  it('is trusted if the authority in caFile signed it', async () => {
    const usage = await read(fileWith(pemOf(authority.caData)));
    expect(usage.unread).toEqual([]);
    expect(usage.pods.get('a')).toMatchObject({ cpu: 1, memory: 1 });
  });

  it('is not trusted without caFile, and the next step names it', async () => {
    expect(await explained()).toMatchObject([
      {
        code: 'unavailable',
        message: expect.stringContaining('certificate is not trusted'),
        nextStep: expect.stringContaining(
          'caFile in cloudtrace.kubernetes.prometheus',
        ),
      },
    ]);
  });

  it.each([
    ['no certificate', () => fileWith('nothing')],
    ['no file', () => join(folder, 'missing.pem')],
  ])('says that caFile has %s', async (_, path) => {
    expect(await explained(path())).toMatchObject([
      {
        code: 'account-not-configured',
        message: expect.stringContaining(
          'its caFile contains no certificate that can be read',
        ),
        nextStep: expect.stringContaining('PEM file'),
      },
    ]);
  });

  it('needs a URL with https for caFile', () => {
    expect(() => configOf('http://prometheus:9090', '/ca.pem')).toThrow(
      'caFile needs a url with https',
    );
  });
});

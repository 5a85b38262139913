import { createServer, type RequestListener, type Server } from 'node:http';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { awsCalls } from '../calls/awsCalls';
import { readAwsConfig } from '../config/readAwsConfig';
import { AwsAccount } from './AwsAccount';
import type { AwsCallError } from './AwsCallError';

jest.setTimeout(60_000);

/** Listens below the system's ephemeral port range. */
async function listen(server: Server): Promise<number> {
  for (let port = 21_400; port < 21_500; port++) {
    const free = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (free) return port;
  }
  throw new Error('no free port between 21400 and 21500');
}

/*
 * Uses real sockets: an HTTP mock has no connection that could hang, so it
 * cannot show that timeouts fire.
 */
describe('a server that stops midway', () => {
  let server: Server;
  let requests = 0;

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  async function callOf(listener: RequestListener) {
    requests = 0;
    server = createServer((request, response) => {
      requests++;
      listener(request, response);
    });
    const port = await listen(server);
    const config = readAwsConfig(
      new ConfigReader({
        cloudtrace: {
          aws: {
            accounts: [
              { accountId: '123456789012', regions: ['eu-central-1'] },
            ],
            endpoint: `http://127.0.0.1:${port}`,
            limits: { requestTimeout: { milliseconds: 400 }, maxAttempts: 2 },
          },
        },
      }),
    )!;
    const [region] = new AwsAccount(
      config,
      config.accounts[0],
      {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: async () => ({
            accessKeyId: 'AKIA',
            secretAccessKey: 's',
          }),
        }),
      },
      mockServices.logger.mock(),
    ).regions;
    const api = region.withSignal(new AbortController().signal);
    const error: AwsCallError = await api
      .call(awsCalls.describePolicies, {})
      .then(
        () => Promise.reject(new Error('the call succeeded')),
        thrown => thrown,
      );
    return error.code;
  }

  it('times out and tries again if no response arrives', async () => {
    const code = await callOf(() => {});
    expect(code).toBe('timeout');
    expect(requests).toBe(2);
  });

  it('times out if a response begins and does not end', async () => {
    const code = await callOf((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml' });
      response.write('<DescribePoliciesResponse>');
    });
    expect(code).toBe('timeout');
  });

  it('fails if the connection is cut during the response', async () => {
    const code = await callOf((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/xml' });
      response.write('<DescribePoliciesResponse>', () =>
        response.socket?.destroy(),
      );
    });
    expect(['unavailable', 'invalid-response']).toContain(code);
  });
});

import { setupServer } from 'msw/node';
import { createTestProvider } from './createTestProvider';
import type { FakeAccount } from './FakeAccount';

/** The tag of resources of the service `orders`. */
export const TAG = { 'cloudtrace:entity-ref': 'component:default/orders' };

/** Serves accounts as AWS for the tests of one file. */
export function serveAccounts() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return function setUp(
    accounts: FakeAccount[],
    config?: Parameters<typeof createTestProvider>[1],
  ) {
    const test = createTestProvider(accounts, config);
    server.use(test.fake.handler);
    return test;
  };
}

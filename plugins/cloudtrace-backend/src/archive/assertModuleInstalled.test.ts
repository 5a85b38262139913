import { mockServices } from '@backstage/backend-test-utils';
import { startCloudtraceBackend, testEntity } from '../testUtils/backend';
import { startTestPostgres } from '../testUtils';
import { assertModuleInstalled } from './assertModuleInstalled';

jest.setTimeout(60_000);

const rootConfig = mockServices.rootConfig({
  data: { cloudtrace: { archive: { folder: '/archive' } } },
});

describe('a backend without the module of the archive', () => {
  it('does not start if the archive is configured', async () => {
    const databases = await startTestPostgres();
    await expect(
      startCloudtraceBackend({
        database: await databases.createTestDatabase(),
        entities: [testEntity('shop')],
        config: { cloudtrace: { archive: { folder: '/archive' } } },
      }),
    ).rejects.toThrow(
      'cloudtrace.archive is configured, but its module is not installed',
    );
    await databases.stop();
  });

  it('starts if it only ingests: it neither drops nor reads days', async () => {
    const databases = await startTestPostgres();
    const backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      config: {
        cloudtrace: { role: 'ingest', archive: { folder: '/archive' } },
      },
    });
    expect(backend.server.port()).toBeGreaterThan(0);
    await backend.stop();
    await databases.stop();
  });

  it('starts if the archive is not configured, or the module is installed', () => {
    const unconfigured = mockServices.rootConfig({ data: {} });
    expect(() => {
      assertModuleInstalled({ rootConfig: unconfigured, installed: false });
      assertModuleInstalled({ rootConfig, installed: true });
    }).not.toThrow();
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, ServiceProcess } from '../support/ServiceProcess.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let service: ServiceProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  service = new ServiceProcess({
    port: await freePort(),
    environment: { DATABASE_URL: database.url, SHUTDOWN_DRAIN_MS: '0' },
  });
  await service.waitForReadiness(200);
});

afterAll(async () => {
  await service.stop('SIGTERM');
  await database.drop();
});

describe('PROBE_PATH, which the failover drill calls', () => {
  it('returns 200 without a session', async () => {
    const script = readFileSync(
      new URL('../../scripts/ci/starter.sh', import.meta.url),
      'utf8',
    );
    const path = /^readonly PROBE_PATH='(.+)'$/m.exec(script)?.[1];
    const response = await fetch(`${service.url}${path}`);
    expect(response.status).toBe(200);
  });
});

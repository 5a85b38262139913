import { replaceFailovers } from './database/replaceFailovers';
import type { FoundFailover } from './database/rows';
import type { RequestStore } from '../requests/types';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { FailoverReader } from './FailoverReader';

jest.setTimeout(60_000);

const scope = {
  entityRef: 'component:default/shop',
  environment: 'production',
};

function found(at: string, timeToDetectMs?: number): FoundFailover {
  return {
    summary: {
      subject: { kind: 'instance', key: 'a', label: 'a' },
      cause: { summary: 'It failed' },
      planned: 'no',
      ongoing: false,
      startedAt: at,
      detectedAt: at,
      recoveredAt: at,
      timeToDetectMs,
      timeToRecoverMs: 60_000,
      impact: {},
      missingData: [],
    },
    steps: [],
    failures: [{ key: 'a', from: at, to: at }],
  };
}

describe('FailoverReader', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  it('excludes unknown detection times from the mean', async () => {
    const { knex, destroy } = await databases.createTestDatabase();
    try {
      const reader = new FailoverReader({ knex, store: {} as RequestStore });
      const from = new Date('2026-03-01T00:00:00Z');
      const to = new Date('2026-03-02T00:00:00Z');
      const statistics = async (...episodes: FoundFailover[]) => {
        await replaceFailovers(knex, {
          ...scope,
          since: from,
          found: episodes,
        });
        return (await reader.list({ ...scope, from, to, limit: 10 }))
          .statistics;
      };
      const unknown = found('2026-03-01T10:00:00.000Z');
      expect(await statistics(unknown)).toMatchObject({
        count: 1,
        meanTimeToDetectMs: undefined,
        meanTimeToRecoverMs: 60_000,
      });
      expect(
        await statistics(
          unknown,
          found('2026-03-01T12:00:00.000Z', 20_000),
          found('2026-03-01T14:00:00.000Z', 40_000),
        ),
      ).toMatchObject({ count: 3, meanTimeToDetectMs: 30_000 });
    } finally {
      await destroy();
    }
  });
});

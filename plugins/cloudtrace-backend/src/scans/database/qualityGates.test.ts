import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import {
  keepQualityGates,
  listQualityGates,
  upsertQualityGate,
  type DbQualityGateRow,
} from './qualityGates';

jest.setTimeout(60_000);

const day = (n: number) => new Date(Date.UTC(2026, 10, n));

function gate(
  project: string,
  status: DbQualityGateRow['status'],
  analysedOn: number,
): DbQualityGateRow {
  return {
    tool: 'SonarQube',
    instance: 'main',
    project_key: project,
    status,
    url: null,
    measures: [],
    analysed_at: day(analysedOn),
    read_at: day(28),
  };
}

describe('quality gates', () => {
  let databases: TestDatabases;
  let knex: Knex;
  beforeAll(async () => {
    databases = await startTestPostgres();
    ({ knex } = await databases.createTestDatabase());
  });
  afterAll(() => databases?.stop());

  const list = async (entityId: number) =>
    (await listQualityGates(knex, entityId)).map(
      row => `${row.project_key} ${row.status}`,
    );

  it('keep the newest analysis, whatever the order of arrival', async () => {
    await upsertQualityGate(knex, 1, gate('shop', 'failed', 2));
    await upsertQualityGate(knex, 1, gate('shop', 'passed', 1));
    expect(await list(1)).toEqual(['shop failed']);
    await upsertQualityGate(knex, 1, gate('shop', 'passed', 3));
    expect(await list(1)).toEqual(['shop passed']);
  });

  it('are deleted for projects that the instance no longer has', async () => {
    for (const entityId of [2, 3]) {
      await upsertQualityGate(knex, entityId, gate('kept', 'passed', 1));
      await upsertQualityGate(knex, entityId, gate('gone', 'passed', 1));
    }
    const keep = (instance: string) =>
      keepQualityGates(knex, {
        entityId: 2,
        tool: 'SonarQube',
        instance,
        projectKeys: ['kept'],
      });
    await keep('other');
    expect(await list(2)).toEqual(['gone passed', 'kept passed']);
    await keep('main');
    expect(await list(2)).toEqual(['kept passed']);
    expect(await list(3)).toEqual(['gone passed', 'kept passed']);
  });
});

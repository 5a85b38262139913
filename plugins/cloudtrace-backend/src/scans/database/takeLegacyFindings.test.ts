import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { legacyKey } from '../identity/keysOf';
import { makeResult, storeFinding } from '../tests/storeFinding';
import { takeLegacyFindings } from './takeLegacyFindings';

jest.setTimeout(60_000);

describe('takeLegacyFindings', () => {
  let databases: TestDatabases;
  let knex: Knex;

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    ({ knex } = await databases.createTestDatabase());
  });
  afterAll(() => databases?.stop());

  const take = (...bases: string[]) =>
    knex.transaction(tx =>
      takeLegacyFindings(tx, 1, [
        makeResult(
          {},
          { legacy: bases.map(base => ({ base, line: undefined })) },
        ),
      ]),
    );

  it('returns the findings of a name with line and decision, only once', async () => {
    const first = await storeFinding(knex, {
      entityId: 1,
      keys: [legacyKey('a', 1)],
      line: 7,
    });
    const second = await storeFinding(knex, {
      entityId: 1,
      keys: [legacyKey('a', 2)],
      triage: { state: 'accepted' },
    });
    expect(await take('a', 'unknown')).toEqual([
      { findingId: first, base: 'a', decided: false, line: 7, tools: [] },
      {
        findingId: second,
        base: 'a',
        decided: true,
        line: undefined,
        tools: [],
      },
    ]);
    expect(await take('a')).toEqual([]);
  });

  it('returns all findings of a name, however many', async () => {
    const ids: string[] = [];
    for (let number = 1; number <= 55; number++) {
      const keys = [legacyKey('a', number)];
      ids.push(await storeFinding(knex, { entityId: 1, keys }));
    }
    const taken = await take('a');
    expect(taken.map(({ findingId }) => findingId).sort()).toEqual(ids.sort());
  });

  it('keeps other names, other keys and other entities', async () => {
    const kept = ['01', legacyKey('b', 1), legacyKey('b', 2)];
    await storeFinding(knex, {
      entityId: 1,
      keys: [...kept, legacyKey('a', 1)],
    });
    await storeFinding(knex, { entityId: 2, keys: [legacyKey('a', 1)] });
    expect(await take('a')).toHaveLength(1);
    const keys = async (entityId: number) => {
      const rows = await knex('finding_keys').where({ entity_id: entityId });
      return rows.map(row => row.key.toString('hex')).sort();
    };
    expect(await keys(1)).toEqual(kept.sort());
    expect(await keys(2)).toEqual([legacyKey('a', 1)]);
  });
});

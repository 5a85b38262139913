import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import type { KeyedFinding } from '../identity/KeyedScan';
import { makeResult, storeFinding } from '../tests/storeFinding';
import { matchFindings } from './matchFindings';

jest.setTimeout(60_000);

describe('matchFindings', () => {
  let databases: TestDatabases;
  let knex: Knex;

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    ({ knex } = await databases.createTestDatabase());
  });
  afterAll(() => databases?.stop());

  const match = (...findings: KeyedFinding[]) =>
    knex.transaction(tx => matchFindings(tx, 1, findings));

  it('finds keys of all kinds, and says which findings were triaged', async () => {
    const open = await storeFinding(knex, { entityId: 1, keys: ['01', '02'] });
    const accepted = await storeFinding(knex, {
      entityId: 1,
      keys: ['03', '04'],
      triage: { state: 'accepted' },
    });
    const { findings, ambiguous } = await match(
      makeResult({ own: ['01'], place: ['02'] }),
      makeResult({ advisory: ['03', '05'] }),
    );
    expect([...findings].sort()).toMatchObject([
      ['01', { findingId: open, decided: false }],
      ['02', { findingId: open, decided: false }],
      ['03', { findingId: accepted, decided: true }],
    ]);
    expect(ambiguous.size).toBe(0);
  });

  it('finds nothing by a key that belonged to several findings', async () => {
    await storeFinding(knex, { entityId: 1, ambiguous: ['01'] });
    const { findings, ambiguous } = await match(makeResult({ place: ['01'] }));
    expect([...findings.keys()]).toEqual([]);
    expect([...ambiguous]).toEqual(['01']);
  });

  it('finds nothing of another entity', async () => {
    await storeFinding(knex, { entityId: 2, keys: ['01'], ambiguous: ['02'] });
    const { findings, ambiguous } = await match(
      makeResult({ own: ['01', '02'] }),
    );
    expect([findings.size, ambiguous.size]).toEqual([0, 0]);
  });

  it('reads tools and rules where a weakness or a former name decides', async () => {
    const stored = { entityId: 1, tool: 'other', ruleId: 'old-rule' };
    await storeFinding(knex, { ...stored, keys: ['01'] });
    await storeFinding(knex, { ...stored, keys: ['02'] });
    await storeFinding(knex, { ...stored, keys: ['03'] });
    const { findings } = await match(
      makeResult(
        { own: ['01'], weakness: ['02'] },
        { former: [{ ruleId: 'old-rule', keys: ['03'] }] },
      ),
    );
    const reported = {
      tools: ['other'],
      rules: [{ tool: 'other', ruleId: 'old-rule' }],
    };
    expect(findings.get('01')).toMatchObject({ tools: [], rules: undefined });
    expect(findings.get('02')).toMatchObject(reported);
    expect(findings.get('03')).toMatchObject(reported);
  });
});

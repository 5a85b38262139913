import { randomUUID } from 'node:crypto';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { deriveStates } from './deriveStates';

jest.setTimeout(60_000);

interface Source {
  present: boolean;
  severity?: number;
  suppression?: 'vex' | 'external';
}

describe('deriveStates', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  const entityId = 1;
  const at = new Date('2026-11-02T00:00:00Z');

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(() => databases.stop());

  /** Stores a finding with its sources and derives its state. */
  async function derive(
    finding: { state: string; triage?: string },
    sources: Source[],
  ) {
    const { knex } = database;
    const findingId = randomUUID();
    const scanId = randomUUID();
    await knex('findings').insert({
      entity_id: entityId,
      finding_id: findingId,
      state: finding.state,
      severity: 0,
      title: 't',
      rule_id: 'r',
      tools: [],
      cves: [],
      cwes: [],
      first_seen_at: new Date(0),
      last_seen_at: new Date(0),
      fixed_at: finding.state === 'fixed' ? new Date(0) : null,
      triage_state: finding.triage ?? null,
    });
    await knex('finding_sources').insert(
      sources.map(({ present, severity = 2, suppression }, i) => ({
        entity_id: entityId,
        finding_id: findingId,
        stream_id: randomUUID(),
        tool: `tool ${i}`,
        category: 'default',
        ref: 'default',
        rule_id: 'r',
        severity,
        links: '[]',
        suppression: suppression
          ? JSON.stringify({ kind: suppression, reason: 'why' })
          : null,
        present,
        first_seen_at: new Date(0),
        last_seen_at: new Date(0),
      })),
    );
    const [derived] = await knex.transaction(tx =>
      deriveStates(tx, { entityId, findingIds: [findingId], at, scanId }),
    );
    const row = await knex('findings').where({ finding_id: findingId }).first();
    return { derived, row, scanId };
  }

  it.each<[string, { state: string; triage?: string }, Source[], string]>([
    [
      'open while any source has it',
      { state: 'open' },
      [{ present: false }, { present: true }],
      'open',
    ],
    ['fixed without one', { state: 'open' }, [{ present: false }], 'fixed'],
    [
      'fixed whatever was decided',
      { state: 'accepted', triage: 'accepted' },
      [{ present: false }],
      'fixed',
    ],
    [
      'what was decided, before what tools suppress',
      { state: 'open', triage: 'accepted' },
      [{ present: true, suppression: 'external' }],
      'accepted',
    ],
    [
      'a false positive if all that have it suppress it',
      { state: 'open' },
      [{ present: true, suppression: 'external' }, { present: false }],
      'false-positive',
    ],
    [
      'open if one that has it does not suppress it',
      { state: 'open' },
      [{ present: true, suppression: 'external' }, { present: true }],
      'open',
    ],
    [
      'a false positive for all tools by one VEX statement',
      { state: 'open' },
      [{ present: true, suppression: 'vex' }, { present: true }],
      'false-positive',
    ],
  ])('makes a finding %s', async (_, finding, sources, state) => {
    const { derived, row } = await derive(finding, sources);
    expect(derived.state).toBe(state);
    expect(row.state).toBe(state);
  });

  it('uses severity and tools of the streams that have it', async () => {
    const { row } = await derive({ state: 'open' }, [
      { present: true, severity: 1 },
      { present: true, severity: 3 },
      { present: false, severity: 4 },
    ]);
    expect([row.severity, row.tools]).toEqual([3, ['tool 0', 'tool 1']]);
  });

  it('records once when and by which scan it was fixed, and when it reappeared', async () => {
    const fixed = await derive({ state: 'open' }, [{ present: false }]);
    expect(fixed.row).toMatchObject({
      fixed_at: at,
      fixed_scan_id: fixed.scanId,
      reopened_at: null,
    });
    const still = await derive({ state: 'fixed' }, [{ present: false }]);
    expect(still.row.fixed_at).toEqual(new Date(0));
    const back = await derive({ state: 'fixed' }, [{ present: true }]);
    expect(back.row).toMatchObject({
      fixed_at: null,
      reopened_at: at,
      new_scan_id: back.scanId,
    });
  });
});

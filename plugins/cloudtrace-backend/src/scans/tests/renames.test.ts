import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { sarif } from './samples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

describe('renames', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const list = async (tool: string, state: string): Promise<Finding[]> =>
    (await scans.get('/findings', undefined, { tool, state })).body.items;

  /** One result for each rule; a rule may have had other ids before. */
  const run = (
    tool: string,
    rules: Array<{ id: string; deprecatedIds?: string[] }>,
    place: object = {},
  ) => ({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool, rules } },
        results: rules.map(({ id }) => ({
          ruleId: id,
          level: 'error',
          message: { text: 'do not' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'a.js' },
                region: { startLine: 5, ...place },
              },
            },
          ],
        })),
      },
    ],
  });
  const decide = async (tool: string) => {
    const [{ findingId }] = await list(tool, 'open');
    await scans.triage(findingId, {
      state: 'false-positive',
      reason: 'harmless',
    });
    return findingId;
  };

  it.each<[string, object]>([
    ['nothing but its message', {}],
    ['source text', { snippet: { text: 'eval(userInput + 1)' } }],
  ])('keep the decision: a rule with %s', async (what, place) => {
    const tool = `rule with ${what}`;
    await scans.upload(run(tool, [{ id: 'old' }], place));
    const findingId = await decide(tool);
    const renamed = [{ id: 'new', deprecatedIds: ['older', 'old'] }];
    const { body } = await scans.upload(run(tool, renamed, place));
    expect(body.scans).toMatchObject([{ newFindings: 0, fixedFindings: 0 }]);
    expect(await list(tool, 'false-positive')).toMatchObject([
      { findingId, ruleId: 'new' },
    ]);
    // Also when the tool forgets its old ids.
    const last = await scans.upload(run(tool, [{ id: 'new' }], place));
    expect(last.body.scans).toMatchObject([{ newFindings: 0 }]);
  });

  it('give the decision to neither of two rules that were one', async () => {
    const tool = 'split';
    await scans.upload(run(tool, [{ id: 'old' }]));
    const findingId = await decide(tool);
    const both = ['one', 'two'].map(id => ({ id, deprecatedIds: ['old'] }));
    await scans.upload(run(tool, both));
    expect((await list(tool, 'open')).map(f => f.ruleId).sort()).toEqual([
      'one',
      'two',
    ]);
    expect(await list(tool, 'fixed')).toMatchObject([{ findingId }]);
  });

  it('leave the decision with a rule that got it first, or that still reports', async () => {
    const tool = 'kept';
    const deprecatedIds = ['old'];
    await scans.upload(run(tool, [{ id: 'old' }]));
    const findingId = await decide(tool);
    await scans.upload(
      run(tool, [{ id: 'old' }, { id: 'one', deprecatedIds }]),
    );
    expect(await list(tool, 'false-positive')).toMatchObject([
      { findingId, ruleId: 'old' },
    ]);
    await scans.upload(run(tool, [{ id: 'two', deprecatedIds }]));
    await scans.upload(run(tool, [{ id: 'three', deprecatedIds }]));
    expect(await list(tool, 'false-positive')).toMatchObject([]);
    expect(await list(tool, 'open')).toMatchObject([{ ruleId: 'three' }]);
  });

  it('treat a branch and its full ref as one', async () => {
    const tool = 'spelled twice';
    const first = { ref: 'refs/heads/main' };
    const { body } = await scans.upload(sarif(['one'], { tool }), {
      query: first,
    });
    expect(body.scans).toMatchObject([{ ref: 'main' }]);
    const next = await scans.upload(sarif([], { tool }), {
      query: { ref: 'main' },
    });
    expect(next.body.scans).toMatchObject([{ ref: 'main', fixedFindings: 1 }]);
    // A tag of the same name is not the branch.
    const tag = await scans.upload(sarif([], { tool }), {
      query: { ref: 'refs/tags/main' },
    });
    expect(tag.body.scans).toMatchObject([{ ref: 'refs/tags/main' }]);
  });

  it('merge what earlier versions stored under the ref of a branch', async () => {
    const { knex } = scans.database;
    const lengthen = (tool: string) =>
      knex('scan_streams').where({ tool, ref: 'main' }).update({
        ref: 'refs/heads/main',
      });
    const query = { ref: 'main' };
    const upload = async (tool: string, messages: string[]) =>
      (await scans.upload(sarif(messages, { tool }), { query })).body.scans[0];

    await upload('alone', ['one', 'two']);
    await lengthen('alone');
    expect(await upload('alone', ['two'])).toMatchObject({
      newFindings: 0,
      fixedFindings: 1,
    });
    const refs = await knex('scan_streams')
      .where({ tool: 'alone' })
      .pluck('ref');
    expect(refs).toEqual(['main']);

    await upload('both', ['one', 'two']);
    await lengthen('both');
    await knex('scan_streams')
      .where({ tool: 'both' })
      .first()
      .then(({ stream_id: _, current_scan_id: __, ...row }) =>
        knex('scan_streams').insert({
          ...row,
          ref: 'main',
          stream_id: '11111111-2222-4333-8444-555555555555',
        }),
      );
    await upload('both', ['two']);
    expect(await list('both', 'open')).toMatchObject([{ title: 'two' }]);
    expect(await list('both', 'fixed')).toMatchObject([{ title: 'one' }]);
  });
});

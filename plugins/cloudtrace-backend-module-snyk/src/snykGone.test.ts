import {
  snykIds,
  snykIssue,
  snykProjects,
  startSnykBackend,
  type SnykBackend,
} from './testUtils/startSnykBackend';

jest.setTimeout(180_000);

describe('Snyk projects that disappear', () => {
  let snyk: SnykBackend;

  beforeAll(async () => {
    snyk = await startSnykBackend();
  });
  beforeEach(() => snyk.reset());
  afterAll(() => snyk?.stop());

  it('closes the findings of a deleted project, and reopens them when it is back', async () => {
    snyk.answerIssues([snykIssue('qs'), snykIssue('axios')]);
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
    const [{ findingId }] = (await snyk.get('/findings?search=axios')).items;

    // The token may only have lost access to a project that an annotation names by id.
    snyk.projects = [];
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
    expect((await snyk.diagnose()).message).toContain('no project');

    // A project found by its target must be missing for a day before it counts
    // as deleted.
    snyk.annotate('shop', { 'snyk.io/target-id': snykIds.target });
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
    expect((await snyk.diagnose()).message).toContain('missing for a day');
    await snyk.database.knex.raw(
      `UPDATE scan_pulls SET last_success_at = now() - interval '25 hours' WHERE target <> ''`,
    );
    await snyk.pull();
    expect(await snyk.openTitles()).toEqual([]);
    const { state, history } = await snyk.get(`/findings/${findingId}`);
    expect([state, history[0]]).toMatchObject([
      'fixed',
      { kind: 'fixed', reason: expect.stringContaining('no longer has') },
    ]);
    expect((await snyk.get('/findings/summary')).open.high).toBe(0);
    expect((await snyk.diagnose()).problems).toEqual([]);

    // The identical file counts, because the stream had ended.
    snyk.projects = [...snykProjects];
    snyk.annotate('shop', { 'snyk.io/project-ids': snykIds.project });
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
  });

  it('keeps the history of a renamed project, once', async () => {
    snyk.answerIssues([snykIssue('qs')]);
    await snyk.pull();
    snyk.projects = snykProjects.map(item => ({
      ...item,
      attributes: { ...item.attributes, target_reference: 'trunk' },
    }));
    snyk.answerIssues([snykIssue('express')]);
    await snyk.pull();
    expect(await snyk.openTitles()).toEqual(['Problem in express']);
    const [source] = (await snyk.get('/findings?state=fixed&search=qs')).items;
    expect(
      (await snyk.get(`/findings/${source.findingId}`)).history[0].reason,
    ).toContain('renamed');
  });

  it('closes all Snyk findings when the annotations are removed', async () => {
    snyk.answerIssues([snykIssue('qs')]);
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(1);
    snyk.annotate('shop', {});
    await snyk.pull();
    expect(await snyk.openTitles()).toEqual([]);
  });
});

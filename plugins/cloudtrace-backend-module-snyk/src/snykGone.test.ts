import {
  snykIds,
  snykIssue,
  snykProjects,
  startSnykBackend,
  type SnykBackend,
} from './testUtils/startSnykBackend';

jest.setTimeout(180_000);

describe('projects of Snyk that disappear', () => {
  let snyk: SnykBackend;

  beforeAll(async () => {
    snyk = await startSnykBackend();
  });
  beforeEach(() => snyk.reset());
  afterAll(() => snyk?.stop());

  it('closes what a project reported that is gone, and opens it when it is back', async () => {
    snyk.answerIssues([snykIssue('qs'), snykIssue('axios')]);
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
    const [{ findingId }] = (await snyk.get('/findings?search=axios')).items;

    // A project listed by its id may only be invisible to the token.
    snyk.projects = [];
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
    expect((await snyk.diagnose()).message).toContain('no project');

    // A project found by its target must be missing for a day before it counts
    // as gone.
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
      { kind: 'fixed', reason: expect.stringContaining('does not have') },
    ]);
    expect((await snyk.get('/findings/summary')).open.high).toBe(0);
    expect((await snyk.diagnose()).problems).toEqual([]);

    // The identical file counts, because the stream had ended.
    snyk.projects = [...snykProjects];
    snyk.annotate('shop', { 'snyk.io/project-ids': snykIds.project });
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(2);
  });

  it('lets a project that is renamed go on, once', async () => {
    snyk.answerIssues([snykIssue('qs')]);
    await snyk.pull();
    snyk.projects = snykProjects.map(item => ({
      ...item,
      attributes: { ...item.attributes, target_reference: 'trunk' },
    }));
    snyk.answerIssues([snykIssue('express')]);
    await snyk.pull();
    expect(await snyk.openTitles()).toEqual(['Problem of express']);
    const [source] = (await snyk.get('/findings?state=fixed&search=qs')).items;
    expect(
      (await snyk.get(`/findings/${source.findingId}`)).history[0].reason,
    ).toContain('otherwise');
  });

  it('closes everything of Snyk when the annotations are taken away', async () => {
    snyk.answerIssues([snykIssue('qs')]);
    await snyk.pull();
    expect(await snyk.openTitles()).toHaveLength(1);
    snyk.annotate('shop', {});
    await snyk.pull();
    expect(await snyk.openTitles()).toEqual([]);
  });
});

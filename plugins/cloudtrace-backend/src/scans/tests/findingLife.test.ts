import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { sarif, trivySample } from './samples';
import {
  inAWeek,
  SCAN_ENTITY,
  startScanBackend,
  type ScanTestBackend,
} from './startScanBackend';

jest.setTimeout(180_000);

describe('the lifecycle of findings', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  it('shows the findings of a scan; the next scan fixes, adds and reopens findings', async () => {
    const query = { category: 'life', ref: 'main', commit: 'abcdef1' };
    const first = await scans.upload(
      sarif(['eval is used', 'secret in code']),
      {
        query,
        gzip: true,
      },
    );
    expect([first.status, first.body]).toMatchObject([
      201,
      {
        entityRef: SCAN_ENTITY,
        link: expect.stringMatching(
          /^http:\/\/localhost:3000\/catalog\/default\/component\/shop\/cloudtrace\/security-scans\?env=[\w-]+&range=[^&]+Z%7E[^&]+Z$/,
        ),
        scans: [
          {
            tool: 'demo-linter',
            findings: 2,
            newFindings: 2,
            status: 'imported',
          },
        ],
      },
    ]);
    const listed = await scans.get('/findings');
    expect(listed.body).toMatchObject({ total: 2, tools: ['demo-linter'] });
    expect(listed.body.items[0]).toMatchObject({
      severity: 'high',
      isNew: true,
      location: { path: 'src/app.js' },
    });
    const { findingId } = listed.body.items.find(
      ({ title }: { title: string }) => title === 'eval is used',
    );

    // After one scan, the trend runs from it to the end of the range.
    const { trend, open, to } = (await scans.get('/findings/summary')).body;
    expect(trend).toEqual([
      { t: expect.any(String), open },
      { t: to, open },
    ]);

    // The other one moved to another line: it stays the same finding.
    const second = await scans.upload(sarif(['new one', 'secret in code']), {
      query,
    });
    expect(second.body.scans[0]).toMatchObject({
      findings: 2,
      newFindings: 1,
      fixedFindings: 1,
    });
    const summary = await scans.get('/findings/summary');
    expect(summary.body).toMatchObject({
      open: { high: 2 },
      newSinceLastScan: 1,
      fixedSinceLastScan: 1,
    });
    expect(summary.body.trend.at(-1).open.high).toBe(2);

    const third = await scans.upload(sarif(['eval is used']), { query });
    expect(third.body.scans[0]).toMatchObject({
      newFindings: 0,
      fixedFindings: 2,
      reopenedFindings: 1,
    });
    const details = await scans.get(`/findings/${findingId}`);
    expect(
      details.body.history.map(({ kind }: { kind: string }) => kind),
    ).toEqual(['reopened', 'fixed', 'found']);
    expect(details.body.sources[0]).toMatchObject({
      present: true,
      ref: 'main',
    });
    expect((await scans.get('/scans')).body.items).toHaveLength(3);
  });

  it('is not corrupted by replays, late scans or parallel uploads', async () => {
    const query = { category: 'order', ref: 'main' };
    const at = (minutes: number) =>
      new Date(Date.now() - 3_600_000 + minutes * 60_000).toISOString();
    const newer = sarif(['kept'], { tool: 'dated', endTimeUtc: at(10) });
    const older = sarif(['gone'], { tool: 'dated', endTimeUtc: at(5) });
    await scans.upload(newer, { query });
    const late = await scans.upload(older, { query });
    expect(late.body.scans[0]).toMatchObject({
      status: 'superseded',
      newFindings: 0,
    });
    const replay = await scans.upload(newer, { query });
    expect(replay.body.scans[0]).toMatchObject({
      replayed: true,
      newFindings: 0,
    });
    const open = await scans.get('/findings', undefined, { tool: 'dated' });
    expect(open.body.items.map((item: Finding) => item.title)).toEqual([
      'kept',
    ]);

    const parallel = await Promise.all(
      Array.from({ length: 5 }, () =>
        scans.upload(sarif(['same', 'other'], { tool: 'parallel' }), { query }),
      ),
    );
    expect(parallel.map(({ status }) => status)).toEqual([
      201, 201, 201, 201, 201,
    ]);
    const { body } = await scans.get('/findings', undefined, {
      tool: 'parallel',
    });
    expect(body.total).toBe(2);
  });

  it('keeps an accepted risk across scans until it expires', async () => {
    const query = { category: 'triage' };
    const problem = sarif(['risky'], { tool: 'triaged' });
    await scans.upload(problem, { query });
    const find = async (state: string) =>
      (await scans.get('/findings', undefined, { tool: 'triaged', state })).body
        .items;
    const [{ findingId }] = await find('open');

    for (const wrong of [
      { state: 'accepted', reason: 'known risk', owner: 'user:default/ann' },
      { state: 'accepted', owner: 'user:default/ann', expiresAt: inAWeek() },
      {
        state: 'accepted',
        reason: 'known risk',
        owner: 'user:default/ann',
        expiresAt: new Date(Date.now() + 400 * 86_400_000).toISOString(),
      },
    ]) {
      expect((await scans.triage(findingId, wrong)).status).toBe(400);
    }
    const decision = {
      state: 'accepted',
      reason: 'known risk',
      owner: 'user:default/ann',
      expiresAt: inAWeek(),
    };
    expect(
      (await scans.triage(findingId, decision, 'user:default/reader')).status,
    ).toBe(404);
    const unknown = '11111111-2222-4333-8444-555555555555';
    for (const missing of [
      await scans.get(`/findings/${unknown}`),
      await scans.triage(unknown, decision),
    ]) {
      expect([missing.status, missing.body.error.message]).toEqual([
        404,
        `Finding ${unknown} of component:default/shop not found`,
      ]);
    }
    scans.backend.audit.mockClear();
    const accepted = await scans.triage(findingId, decision);
    expect([accepted.status, accepted.body]).toMatchObject([
      200,
      { state: 'accepted', triage: { decidedBy: 'user:default/ann' } },
    ]);
    expect(scans.backend.audit).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'finding-triage',
        severityLevel: 'medium',
        status: 'succeeded',
      }),
    );

    await scans.upload(sarif(['another'], { tool: 'triaged' }), { query });
    expect(
      (await find('fixed')).map((item: Finding) => item.findingId),
    ).toEqual([findingId]);
    await scans.upload(sarif(['another', 'risky'], { tool: 'triaged' }), {
      query,
    });
    expect(
      (await find('accepted')).map((item: Finding) => item.findingId),
    ).toEqual([findingId]);

    await scans.database.knex.raw(
      `UPDATE findings SET triage_expires_at = now() - interval '1 second' WHERE finding_id = ?`,
      [findingId],
    );
    expect(
      (await find('open')).map((item: Finding) => item.findingId),
    ).toContain(findingId);
    const { history } = (await scans.get(`/findings/${findingId}`)).body;
    expect(history[0].kind).toBe('triage-expired');

    await scans.triage(findingId, {
      state: 'false-positive',
      reason: 'test code',
    });
    expect(await find('false-positive')).toHaveLength(1);
    await scans.triage(findingId, { state: 'open' });
    expect(await find('false-positive')).toHaveLength(0);
  });

  it('notifies the owner of severe findings once', async () => {
    const query = { category: 'told' };
    const scan = (...messages: string[]) =>
      scans.upload(sarif(messages, { tool: 'told' }), { query });
    await scans.database.knex('sent_notifications').delete();
    scans.backend.notify.mockClear();
    await scan('grave one', 'grave two');
    await scan('grave one', 'grave two');
    expect(scans.backend.notify).toHaveBeenCalledTimes(1);
    expect(scans.backend.notify).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: SCAN_ENTITY },
      payload: expect.objectContaining({
        title: 'shop: 2 high new findings',
        topic: 'findings',
        severity: 'high',
        link: expect.stringMatching(
          /^\/catalog\/default\/component\/shop\/cloudtrace\/security-scans\?range=[^&]+Z%7E[^&]+Z$/,
        ),
      }),
    });
    await scan();
    await scan('grave one');
    await scan();
    await scan('grave one');
    expect(scans.backend.notify).toHaveBeenCalledTimes(1);
  });

  it('responds to an upload even if notifications hang', async () => {
    const query = { category: 'hanging' };
    await scans.database.knex('sent_notifications').delete();
    scans.backend.notify.mockReturnValueOnce(new Promise(() => {}));
    const { status } = await scans.upload(
      sarif(['grave hanging'], { tool: 'hanging' }),
      { query },
    );
    expect(status).toBe(201);
  });

  it('counts new critical findings for the badge until a later scan also has them', async () => {
    const badge = async () => {
      const { status, body } = await scans.get('/overview');
      expect(status).toBe(200);
      return body.badges.newCriticalFindings;
    };
    const before = (await badge()) ?? 0;
    const vulnerable = (component: string) => ({
      VulnerabilityID: 'CVE-2025-77001',
      PkgName: component,
      InstalledVersion: '1.0.0',
      Severity: 'CRITICAL',
      Title: 'a critical one',
    });
    const scan = (...components: string[]) =>
      scans.upload(
        {
          ...trivySample,
          Results: [
            {
              Target: 'package-lock.json',
              Class: 'lang-pkgs',
              Type: 'npm',
              Vulnerabilities: components.map(vulnerable),
            },
          ],
        },
        { format: 'trivy', query: { category: 'badge' } },
      );
    await scan('badge-a', 'badge-b');
    expect(await badge()).toBe(before + 2);
    const { body } = await scans.get('/findings', undefined, {
      search: 'badge-a',
    });
    await scans.triage(body.items[0].findingId, {
      state: 'false-positive',
      reason: 'test code',
    });
    expect(await badge()).toBe(before + 1);
    await scan('badge-a', 'badge-b', 'badge-c');
    expect((await badge()) ?? 0).toBe(before + 1);
    await scan('badge-a', 'badge-b', 'badge-c', 'badge-d');
    await scan('badge-a');
    expect((await badge()) ?? 0).toBe(before);
  });
});

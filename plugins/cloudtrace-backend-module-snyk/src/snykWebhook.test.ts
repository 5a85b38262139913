import { randomUUID } from 'node:crypto';
import {
  snykIds,
  snykIssue,
  startSnykBackend,
  type SnykBackend,
} from './testUtils/startSnykBackend';

jest.setTimeout(180_000);

describe('Snyk webhooks', () => {
  let snyk: SnykBackend;

  beforeAll(async () => {
    snyk = await startSnykBackend();
  });
  beforeEach(() => snyk.reset());
  afterAll(() => snyk?.stop());

  it('shows what the next pull fixed and added; a delivery counts once', async () => {
    snyk.answerIssues([snykIssue('lodash'), snykIssue('qs')]);
    await snyk.webhook(snykIds.snapshot);
    await snyk.until(snyk.openTitles, titles => titles.length === 2);
    snyk.answerIssues([snykIssue('qs'), snykIssue('axios')]);
    const second = JSON.stringify({
      ...snykIds.snapshot,
      newIssues: [{ id: 'axios' }],
    });
    expect((await snyk.webhook(second)).status).toBe(202);
    expect(
      await snyk.until(snyk.openTitles, (t: string[]) =>
        t.includes('Problem in axios'),
      ),
    ).toEqual(['Problem in axios', 'Problem in qs']);
    expect(await snyk.get('/findings/summary')).toMatchObject({
      newSinceLastScan: 1,
      fixedSinceLastScan: 1,
    });
    const before = snyk.calls.length;
    // Headers are not signed: another transport id does not make another delivery.
    const replay = await snyk.webhook(second, {
      'x-snyk-transport-id': randomUUID(),
    });
    expect([replay.status, replay.body]).toEqual([200, { status: 'replayed' }]);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(snyk.calls).toHaveLength(before);
  });

  it('rejects invalid webhooks with the same response, and does nothing else', async () => {
    const wrong = [
      await snyk.webhook(snykIds.snapshot, {}, 'some other secret'),
      await snyk.webhook(snykIds.snapshot, { 'x-hub-signature': 'sha256=00' }),
      await snyk.webhook(snykIds.snapshot, { 'x-hub-signature': '' }),
      await snyk.webhook(snykIds.snapshot, {
        'x-hub-signature': `sha1=${'0'.repeat(40)}`,
      }),
      await snyk.webhook('not JSON', {}, 'some other secret'),
    ];
    for (const { status, body, text } of wrong) {
      expect([status, body.error.message]).toEqual([
        401,
        'The signature in X-Hub-Signature is missing or wrong',
      ]);
      expect(text).not.toContain(snykIds.secret);
    }
    expect((await snyk.webhook('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await snyk.webhook('not JSON')).status).toBe(400);
    expect(
      (await snyk.webhook({ org: { id: snykIds.org }, project: 3 })).status,
    ).toBe(400);
    const ping = await snyk.webhook(
      { webhookId: randomUUID() },
      { 'x-snyk-event': 'ping/v0' },
    );
    expect([ping.status, ping.body]).toEqual([200, { status: 'ok' }]);
    const foreign = await snyk.webhook({
      org: { id: snykIds.missing },
      project: { id: snykIds.project },
    });
    expect([foreign.status, foreign.body]).toEqual([
      200,
      { status: 'ignored' },
    ]);
    expect(snyk.calls).toEqual([]);
  });
});

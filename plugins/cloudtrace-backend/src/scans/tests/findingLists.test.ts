import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import request from 'supertest';
import { asUser } from '../../testUtils/backend';
import { sarif } from './samples';
import {
  SCAN_ENTITY,
  startScanBackend,
  type ScanTestBackend,
} from './startScanBackend';

jest.setTimeout(180_000);

describe('lists of findings', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  it('page, sort, filter and count only what the caller may see', async () => {
    await scans.upload(
      sarif(
        Array.from({ length: 7 }, (_, i) => `CVE-2025-1000${i} in a_b%${i}`),
        { tool: 'paged' },
      ),
      { query: { category: 'paged' } },
    );
    for (const sort of ['severity', 'firstSeenAt', 'lastSeenAt', 'title']) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const { status, body } = await scans.get('/findings', undefined, {
          tool: 'paged',
          sort,
          limit: 3,
          ...(cursor && { cursor }),
        });
        expect([sort, status]).toEqual([sort, 200]);
        ids.push(...body.items.map((item: Finding) => item.findingId));
        cursor = body.nextCursor;
      } while (cursor);
      expect([sort, new Set(ids).size, ids.length]).toEqual([sort, 7, 7]);
    }
    const wrongCursor = Buffer.from('["x","y"]').toString('base64url');
    expect(
      (await scans.get('/findings', undefined, { cursor: wrongCursor })).status,
    ).toBe(400);
    const found = await scans.get('/findings', undefined, { search: 'A_B%3' });
    expect(found.body.total).toBe(1);

    const rollup = (query: object, user = 'user:default/ann') =>
      request(scans.backend.server)
        .get('/api/cloudtrace/v1/findings')
        .query(query)
        .set(asUser(user));
    expect((await rollup({ cve: 'cve-2025-10003' })).body.items).toMatchObject([
      { key: SCAN_ENTITY, entities: 1, open: { high: 1 } },
    ]);
    expect((await rollup({ groupBy: 'owner' })).body.items).toMatchObject([
      { key: 'group:default/team-a', title: 'team-a', entities: 1 },
    ]);
    expect((await rollup({}, 'user:default/reader')).body.items).toHaveLength(
      1,
    );
    expect((await rollup({}, 'user:default/nobody')).body.items).toEqual([]);
    const denied = await scans.get('/findings', 'user:default/nobody');
    expect(denied.status).toBe(404);
  });

  it('show scans in the timeline and in Diagnostics', async () => {
    await scans.upload(sarif(['on the timeline'], { tool: 'timed' }));
    const timeline = await scans.get('/timeline', undefined, { kind: 'scan' });
    expect([timeline.status, timeline.body.items]).toEqual([
      200,
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'scan',
          severity: 'warning',
          title: 'Scan by timed: 1 new, 0 fixed',
        }),
      ]),
    ]);
    const diagnostics = await scans.get('/diagnostics');
    expect(diagnostics.body.sources).toContainEqual(
      expect.objectContaining({
        kind: 'scans',
        status: 'ok',
        tokens: expect.objectContaining({ live: 1 }),
      }),
    );
  });
});

import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

describe('upload of SonarQube responses', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const upload = (...hashes: string[]) =>
    scans.upload(
      {
        paging: { pageIndex: 1, pageSize: 500, total: hashes.length },
        issues: hashes.map(hash => ({
          rule: 'javascript:S5131',
          severity: 'MAJOR',
          component: 'shop:src/app.js',
          project: 'shop',
          hash,
          message: `Problem ${hash}`,
          status: 'OPEN',
        })),
      },
      { format: 'sonarqube', query: { category: 'shop', ref: 'main' } },
    );

  it('shows what the second analysis fixed and added, and that the last one fixed the rest', async () => {
    const first = await upload('a', 'b');
    expect([first.status, first.body.scans]).toMatchObject([
      201,
      [{ tool: 'SonarQube', category: 'shop', newFindings: 2 }],
    ]);
    const again = await upload('a', 'b');
    expect(again.body.scans).toMatchObject([{ replayed: true }]);
    const second = await upload('b', 'c');
    expect(second.body.scans).toMatchObject([
      { newFindings: 1, fixedFindings: 1 },
    ]);
    const list = await scans.get('/findings');
    expect(list.body.items.map((f: Finding) => f.title).sort()).toEqual([
      'Problem b',
      'Problem c',
    ]);
    const empty = await upload();
    expect(empty.body.scans).toMatchObject([
      { category: 'shop', fixedFindings: 2 },
    ]);
  });
});

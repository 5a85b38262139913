import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

const rounds = join(__dirname, '../../../../../scripts/demoScans');
const files = [
  ['eslint.sarif', 'sarif'],
  ['flawfinder.sarif', 'sarif'],
  ['npm-audit.json', 'npm-audit'],
  ['trivy.json', 'trivy'],
  ['snyk.json', 'snyk'],
  ['sonarqube.json', 'sonarqube'],
] as const;

describe('the demo files', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  it('can be uploaded repeatedly, and the counts match the list', async () => {
    for (const round of [1, 2, 1, 2]) {
      for (const [name, format] of files) {
        const file = readFileSync(join(rounds, `round${round}`, name));
        const answer = await scans.upload(file, {
          format,
          query: {
            ref: 'main',
            category: name,
            analysedAt: new Date().toISOString(),
          },
        });
        expect([name, answer.status, answer.body.scans?.[0].status]).toEqual([
          name,
          201,
          'imported',
        ]);
        const { items } = (await scans.get('/findings?limit=100')).body;
        const listed: Record<string, number> = {};
        for (const { severity } of items) {
          listed[severity] = (listed[severity] ?? 0) + 1;
        }
        const { open } = (await scans.get('/findings/summary')).body;
        const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
        expect([round, name, open]).toEqual([
          round,
          name,
          { ...none, ...listed },
        ]);
      }
    }
    const { newSinceLastScan, fixedSinceLastScan } = (
      await scans.get('/findings/summary')
    ).body;
    expect(newSinceLastScan).toBeGreaterThan(0);
    expect(fixedSinceLastScan).toBeGreaterThan(0);
  });
});

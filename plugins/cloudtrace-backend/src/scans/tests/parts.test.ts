import type { Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { formatSamples } from './formatSamples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

const report = (kind: string, checkID: string) => ({
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  report: {
    scanner: { version: '0.50.0' },
    checks: [{ checkID, title: checkID, severity: 'HIGH', success: false }],
  },
});

const [check] = formatSamples['prowler-ocsf'] as object[];
const checkOf = (account: string, bucket: string) => [
  {
    ...check,
    resources: [{ uid: `arn:aws:s3:::${bucket}`, region: 'eu-central-1' }],
    cloud: { provider: 'aws', account: { uid: account } },
  },
];

describe('parts that a tool scans separately', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const openOf = async (tool: string): Promise<number> =>
    (await scans.get('/findings', undefined, { tool })).body.total;
  const upload = async (format: string, category: string, body: object) => {
    const answer = await scans.upload(body, { format, query: { category } });
    expect(answer.status).toBe(201);
    return answer.body.scans as Scan[];
  };

  it("do not fix each other's findings in one category: kinds of reports", async () => {
    const send = (kind: string, id: string) =>
      upload('trivy-operator', 'prod', report(kind, id));
    await send('ConfigAuditReport', 'KSV001');
    const [rbac] = await send('RbacAssessmentReport', 'KSV041');
    expect(rbac).toMatchObject({
      category: 'prod/RbacAssessmentReport',
      fixedFindings: 0,
    });
    expect(await openOf('Trivy Operator Checks')).toBe(2);
    // The next reports of a kind do replace those before.
    const [next] = await send('ConfigAuditReport', 'KSV002');
    expect(next).toMatchObject({ newFindings: 1, fixedFindings: 1 });
    expect(await openOf('Trivy Operator Checks')).toBe(2);
  });

  it("do not fix each other's findings in one category: accounts", async () => {
    await upload('prowler-ocsf', 'prod', checkOf('111122223333', 'a'));
    await upload('prowler-ocsf', 'prod', checkOf('444455556666', 'b'));
    expect(await openOf('Prowler')).toBe(2);
  });

  it('end the stream that an earlier version stored for all parts of the category', async () => {
    const { knex } = scans.database;
    await upload('prowler-ocsf', 'old', checkOf('777788889999', 'gone'));
    await knex.raw(
      `UPDATE scan_streams SET category = 'old' WHERE category = 'old/777788889999'`,
    );
    const before = await openOf('Prowler');
    const [scan] = await upload(
      'prowler-ocsf',
      'old',
      checkOf('777788889999', 'new'),
    );
    expect(scan.newFindings).toBe(1);
    expect(await openOf('Prowler')).toBe(before);
    const fixed = await scans.get('/findings', undefined, {
      tool: 'Prowler',
      state: 'fixed',
    });
    expect(fixed.body.items).toMatchObject([
      { title: 'Check secure transport' },
    ]);
  });
});

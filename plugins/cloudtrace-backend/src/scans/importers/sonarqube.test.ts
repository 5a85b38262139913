import { wordText } from '@cloudtrace/plugin-cloudtrace-common';
import { scanParser } from '../worker/parseScan';
import { sonarqubeImporter } from './sonarqube';

const issue = (more: object = {}) => ({
  key: 'AX1',
  rule: 'javascript:S5131',
  severity: 'CRITICAL',
  component: 'shop:src/app.js',
  project: 'shop',
  hash: 'a1b2',
  textRange: { startLine: 7, endLine: 8, startOffset: 1, endOffset: 2 },
  status: 'OPEN',
  message: 'Do not reflect\n<b>input</b>\u202e',
  tags: ['cwe-79'],
  type: 'VULNERABILITY',
  ...more,
});
const parse = (document: object) =>
  scanParser.parse({
    body: new Uint8Array(Buffer.from(JSON.stringify(document))),
    gzip: false,
    importerId: sonarqubeImporter.id,
    importerPath: sonarqubeImporter.modulePath,
  });

describe('sonarqubeImporter', () => {
  it('reads issues and hotspots of each project', () => {
    const answer = parse({
      paging: { pageIndex: 1, pageSize: 500, total: 5 },
      issues: [
        issue(),
        issue({
          hash: 'c3',
          issueStatus: 'FALSE_POSITIVE',
          impacts: [
            { softwareQuality: 'RELIABILITY', severity: 'LOW' },
            { softwareQuality: 'SECURITY', severity: 'BLOCKER' },
          ],
        }),
        issue({ hash: 'd4', status: 'CLOSED', resolution: 'FIXED' }),
        issue({ project: 'web', component: 'web:../../etc/passwd' }),
      ],
      hotspots: [
        {
          component: 'shop:src/db.js',
          project: 'shop',
          securityCategory: 'sql-injection',
          vulnerabilityProbability: 'HIGH',
          status: 'TO_REVIEW',
          line: 3,
          message: 'Check this query',
        },
      ],
    });
    // Lists must be this long.
    expect(answer).toMatchObject({
      scans: [
        {
          tool: 'SonarQube',
          category: 'shop',
          findings: [
            {
              ruleId: 'javascript:S5131',
              title: 'Do not reflect',
              description: 'Do not reflect\n<b>input</b>\\u202e',
              severity: 'high',
              sourceSeverity: 'CRITICAL',
              cwes: ['CWE-79'],
              location: { path: 'src/app.js', startLine: 7, endLine: 8 },
            },
            {
              severity: 'critical',
              suppression: { reason: 'False positive in SonarQube' },
            },
          ],
        },
        { category: 'web', findings: [{ location: { path: 'etc/passwd' } }] },
        {
          tool: 'SonarQube Hotspots',
          findings: [
            {
              ruleId: 'sql-injection',
              severity: 'high',
              location: { startLine: 3 },
            },
          ],
        },
      ],
    });
  });

  it.each([
    [{}, /must have issues or hotspots/],
    [{ issues: 7 }, /issues must be a list/],
    [{ issues: ['x'] }, /issues\[0\] must be an object/],
    [{ issues: [issue({ project: 1 })] }, /issues\[0\] must have project/],
    [{ issues: [issue({ rule: {} })] }, /issues\[0\] must have rule/],
    [{ paging: { total: 900 }, issues: [issue()] }, /1 of 900 results/],
  ])('rejects %j', (document, refused) => {
    const answer = parse(document);
    expect('refused' in answer && wordText(answer.refused)).toMatch(refused);
  });
});

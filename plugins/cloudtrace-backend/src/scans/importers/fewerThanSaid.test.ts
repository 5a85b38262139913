import { wordText } from '@cloudtrace/plugin-cloudtrace-common';
import { scanParser, type ParseTask } from '../worker/parseScan';
import { builtInImporters } from './builtInImporters';

const importer = (id: string) => builtInImporters.find(item => item.id === id)!;

/** Uploads a text as the worker gets it. */
const upload = (id: string, text: string) => {
  const task: ParseTask = {
    body: new TextEncoder().encode(text),
    gzip: false,
    importerId: id,
    importerPath: importer(id).modulePath,
  };
  const answer = scanParser.parse(task);
  return 'refused' in answer ? { refused: wordText(answer.refused) } : answer;
};

const parse = (id: string, document: unknown) => {
  const answer = upload(id, JSON.stringify(document));
  if (!('scans' in answer)) throw new Error(JSON.stringify(answer));
  return answer.scans;
};

describe('files with fewer results than they count', () => {
  const noAdvisories = { advisories: {} };
  const counted = {
    ...noAdvisories,
    metadata: { vulnerabilities: { low: 1 } },
  };
  const report = (body: object) => ({
    kind: 'VulnerabilityReport',
    report: body,
  });
  it.each<[string, unknown, RegExp | undefined]>([
    ['trivy', { SchemaVersion: 2 }, /no list of results \(Results\)/],
    ['trivy', { SchemaVersion: 2, Results: [] }, undefined],
    ['trivy-k8s', { ClusterName: 'c' }, /no list of results \(Resources\)/],
    ['trivy-k8s', { ClusterName: 'c', Resources: [] }, undefined],
    ['trivy-operator', report({}), /or a list of vulnerabilities: 1/],
    [
      'trivy-operator',
      report({ vulnerabilities: [], summary: { highCount: 1 } }),
      /counted in their summary.*: 1/,
    ],
    [
      'trivy-operator',
      report({ vulnerabilities: [], summary: { highCount: 0 } }),
      undefined,
    ],
    ['pnpm-audit', counted, /^metadata\.vulnerabilities is 1/],
    ['pnpm-audit', noAdvisories, undefined],
    ['yarn-audit', [counted], /^\[0\]\.metadata\.vulnerabilities is 1/],
    [
      'yarn-audit',
      [{ type: 'auditSummary', data: { vulnerabilities: { high: 3 } } }],
      /^\[0\]\.data\.vulnerabilities is 3/,
    ],
    [
      'yarn-audit',
      [{ type: 'auditSummary', data: { vulnerabilities: { high: 0 } } }],
      undefined,
    ],
    [
      'pip-audit',
      { dependencies: [{ name: 'a', version: '1' }] },
      /could not be checked: 1/,
    ],
    ['pip-audit', { dependencies: [{ name: 'a', vulns: [] }] }, undefined],
    [
      'osv-scanner',
      {
        results: [
          { packages: [{ package: { name: 'a' }, groups: [{ ids: ['x'] }] }] },
        ],
      },
      /but no vulnerability details: 1/,
    ],
    ['kube-bench', [{ tests: [{ results: null }] }], /list of results: 1/],
    ['kube-bench', [{ tests: [{ results: [] }] }], undefined],
    ['snyk', { ok: false, vulnerabilities: [] }, /^ok is false/],
    ['snyk', { uniqueCount: 2, vulnerabilities: [] }, /^uniqueCount is 2/],
    ['snyk', { ok: true, uniqueCount: 0, vulnerabilities: [] }, undefined],
    [
      'npm-audit',
      {
        auditReportVersion: 2,
        vulnerabilities: {},
        metadata: { vulnerabilities: { total: 0 } },
      },
      undefined,
    ],
  ])('are incomplete for %s: %j', (id, document, reason) => {
    expect(
      parse(id, document).map(
        ({ incomplete }) => incomplete && wordText(incomplete),
      ),
    ).toEqual([reason && expect.stringMatching(reason)]);
  });
});

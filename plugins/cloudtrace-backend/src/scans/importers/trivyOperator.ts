import type {
  NormalizedFinding,
  NormalizedScan,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import {
  formatError,
  lacksFields,
  missingField,
  notOutputOf,
} from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { sumOfCounts } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { severityOfScore, severityOfWord } from './severity';
import { toScan } from './toScan';

/** A kind of report: its list, and how to read an entry. */
interface Kind {
  tool: string;
  list: string;
  read(item: JsonReader, target: string, report: JsonReader): NormalizedFinding;
}

const vulnerabilities: Kind = {
  tool: 'Trivy Operator',
  list: 'vulnerabilities',
  read: readVulnerability,
};
const checks: Kind = {
  tool: 'Trivy Operator Checks',
  list: 'checks',
  read: readCheck,
};
const secrets: Kind = {
  tool: 'Trivy Operator Secrets',
  list: 'secrets',
  read: readSecret,
};

const kinds = new Map<string, Kind>([
  ['VulnerabilityReport', vulnerabilities],
  ['ClusterVulnerabilityReport', vulnerabilities],
  ['ConfigAuditReport', checks],
  ['ClusterConfigAuditReport', checks],
  ['RbacAssessmentReport', checks],
  ['ClusterRbacAssessmentReport', checks],
  ['InfraAssessmentReport', checks],
  ['ClusterInfraAssessmentReport', checks],
  ['ExposedSecretReport', secrets],
]);

/**
 * Imports reports of trivy-operator: `kubectl get vulnerabilityreports -A -o
 * json`, or one of them.
 */
export const trivyOperatorImporter: ScanImporter = {
  id: 'trivy-operator',
  title: 'Trivy Operator',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const list = root.at('items');
    const reports = list.exists ? list.items() : [root];
    if (reports.length === 0) {
      throw notOutputOf('kubectl get vulnerabilityreports -o json', {
        code: 'scan-no-kind',
        values: { path: 'items' },
      });
    }
    const byKind = new Map<string, JsonReader[]>();
    for (const report of reports) {
      const kind = kindOf(report);
      // One scan per kind: configuration and RBAC are stored separately.
      byKind.set(kind, [...(byKind.get(kind) ?? []), report]);
    }
    return [...byKind].map(([kind, some]) => readKind(kind, some));
  },
};

function kindOf(report: JsonReader): string {
  const kind = report.object().at('kind').text(64) ?? '';
  if (!kinds.has(kind) || !report.at('report').isObject) {
    throw formatError('scan-no-report', {
      path: report.place,
      kinds: [...kinds.keys()].join(', '),
    });
  }
  return kind;
}

function readKind(name: string, reports: JsonReader[]): NormalizedScan {
  const kind = kinds.get(name)!;
  const scanner = reports[0].at('report').at('scanner');
  return toScan(
    {
      tool: kind.tool,
      toolVersion: scanner.at('version').text(64),
      part: name,
      findings: reports.flatMap(item => {
        const report = item.at('report');
        const target = targetOf(item);
        return report
          .at(kind.list)
          .items()
          .filter(entry => entry.object().at('success').boolean() !== true)
          .map(entry => kind.read(entry, target, report));
      }),
    },
    {
      path: 'items',
      unchecked: {
        what: 'scan-reports-without-findings',
        values: { list: kind.list },
        count: reports.filter(item => !hasAll(item.at('report'), kind)).length,
      },
    },
  );
}

/** `summary` counts what its list contains, except for passed checks. */
function hasAll(report: JsonReader, kind: Kind): boolean {
  const list = report.at(kind.list);
  return list.isArray && sumOfCounts(report.at('summary')) <= list.length;
}

/** The workload of a report, from the operator's labels. */
function targetOf(item: JsonReader): string {
  const metadata = item.at('metadata');
  const labels = metadata.at('labels');
  const label = (name: string) => labels.at(`trivy-operator.${name}`).text(256);
  const name = label('resource.name') ?? metadata.at('name').text(256);
  return [
    label('resource.namespace') ?? metadata.at('namespace').text(256),
    label('resource.kind'),
    name,
    label('container.name'),
  ]
    .filter(Boolean)
    .join('/');
}

function readVulnerability(
  item: JsonReader,
  target: string,
  report: JsonReader,
): NormalizedFinding {
  const ruleId = item.at('vulnerabilityID').text(256);
  const name = item.at('resource').text(256);
  if (!ruleId || !name) {
    throw lacksFields(item, 'vulnerabilityID', 'resource');
  }
  const word = item.at('severity').text(32);
  const score = item.at('score').number();
  const cvssScore =
    score !== undefined && score >= 0 && score <= 10 ? score : undefined;
  const fixedVersion = item.at('fixedVersion').text(256);
  const type =
    item.at('packageType').text(64) ?? report.at('os').at('family').text(64);
  return {
    ruleId,
    title: titleOf([item.at('title').raw()], `${ruleId} in ${name}`),
    description: item.at('description').text(8_000),
    remediation: fixedVersion && `Update ${name} to ${fixedVersion}`,
    severity: severityOfWord(word) ?? severityOfScore(cvssScore ?? 0),
    sourceSeverity: word,
    cvssScore,
    cves: readCves(ruleId),
    cwes: [],
    aliases: readGhsas(ruleId),
    occurrences: [
      {
        target,
        package: {
          name,
          version: item.at('installedVersion').text(256),
          ecosystem: ecosystemOf(type),
          fixedVersion,
        },
      },
    ],
    links: readLink(item.at('primaryLink').raw(), ruleId),
  };
}

function readCheck(item: JsonReader, target: string): NormalizedFinding {
  const ruleId = item.at('checkID').text(256);
  if (!ruleId) throw missingField(`${item.path}.checkID`);
  const word = item.at('severity').text(32);
  const messages = item.at('messages').texts(20, 1_000).join('\n');
  return {
    ruleId,
    title: titleOf([item.at('title').raw()], ruleId),
    description: messages || item.at('description').text(8_000),
    remediation: item.at('remediation').text(4_000),
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cves: [],
    cwes: [],
    occurrences: [{ target, fingerprint: target }],
    links: [],
  };
}

/** Never reads the secret itself (`match`). */
function readSecret(item: JsonReader, target: string): NormalizedFinding {
  const ruleId = item.at('ruleID').text(256) ?? 'secret';
  const word = item.at('severity').text(32);
  const file = item.at('target').text(1_024);
  return {
    ruleId,
    title: `Secret in an image: ${titleOf([item.at('title').raw()], ruleId)}`,
    description: file && `In ${file}`,
    remediation: 'Revoke the secret, then remove it from the image',
    severity: severityOfWord(word) ?? 'high',
    sourceSeverity: word,
    cves: [],
    cwes: ['CWE-798'],
    occurrences: [{ target, fingerprint: JSON.stringify([target, file]) }],
    links: [],
  };
}

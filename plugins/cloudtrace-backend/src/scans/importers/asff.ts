import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { lacksFields, notOutputOf } from './formatErrors';
import { ecosystemOfInspector } from './ecosystemOfInspector';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { requireLastPage } from './requireLastPage';
import { severityOfPercent, severityOfWord } from './severity';
import { toScan } from './toScan';

/**
 * Imports AWS Security Hub findings (ASFF): `aws securityhub get-findings`, or
 * a list of findings.
 */
export const asffImporter: ScanImporter = {
  id: 'asff',
  title: 'AWS Security Hub',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    requireLastPage(root);
    const list = root.isArray ? root : root.at('Findings');
    if (!list.isArray) {
      throw notOutputOf('aws securityhub get-findings', {
        code: 'scan-not-a-list',
        values: { path: 'Findings' },
      });
    }
    const items = list.items();
    for (const item of items) requireAsff(item);
    const unknown = items.filter(
      item => statusOf(item) === 'NOT_AVAILABLE' && isActive(item),
    );
    return [
      toScan(
        {
          tool: 'AWS Security Hub',
          findings: items.filter(isProblem).flatMap(readFinding),
        },
        {
          path: list.path,
          unchecked: {
            what: 'scan-checks-without-result',
            count: unknown.length,
          },
        },
      ),
    ];
  },
};

function requireAsff(item: JsonReader): void {
  if (!item.object().at('GeneratorId').text() || !item.at('Title').text()) {
    throw lacksFields(item, 'GeneratorId', 'Title');
  }
}

const statusOf = (item: JsonReader) =>
  item.at('Compliance').at('Status').raw() ?? '';

function isActive(item: JsonReader): boolean {
  return (
    item.at('RecordState').raw() !== 'ARCHIVED' &&
    item.at('Workflow').at('Status').raw() !== 'RESOLVED'
  );
}

function isProblem(item: JsonReader): boolean {
  return (
    isActive(item) && !['PASSED', 'NOT_AVAILABLE'].includes(statusOf(item))
  );
}

function readFinding(item: JsonReader): NormalizedFinding[] {
  const vulnerabilities = item.at('Vulnerabilities').items();
  return vulnerabilities.length > 0
    ? vulnerabilities.flatMap(entry => readVulnerability(entry, item))
    : [readCheck(item)];
}

/** Fields of every finding. */
function readCommon(item: JsonReader, ruleId: string) {
  const severity = item.at('Severity');
  const word = severity.at('Label').text(32);
  const normalized = severity.at('Normalized').number();
  const advice = item.at('Remediation').at('Recommendation');
  return {
    ruleId,
    title: titleOf([item.at('Title').raw()], ruleId),
    description: item.at('Description').text(8_000),
    remediation: advice.at('Text').text(4_000),
    severity: severityOfWord(word) ?? severityOfPercent(normalized),
    sourceSeverity: severity.at('Original').text(32) ?? word,
    cves: [],
    cwes: [],
    links: readLink(
      advice.at('Url').raw() ?? item.at('SourceUrl').raw(),
      ruleId,
    ),
    suppression:
      item.at('Workflow').at('Status').raw() === 'SUPPRESSED'
        ? {
            kind: 'external' as const,
            reason: 'Suppressed in AWS Security Hub',
          }
        : undefined,
  };
}

function readCheck(item: JsonReader): NormalizedFinding {
  return {
    ...readCommon(item, ruleOf(item)),
    occurrences: resourcesOf(item),
  };
}

/** A generator ARN identifies a detector of one account, not a rule. */
function ruleOf(item: JsonReader): string {
  const generator = item.at('GeneratorId').text(256) ?? '';
  return (
    item.at('Compliance').at('SecurityControlId').text(256) ??
    (generator.startsWith('arn:')
      ? item.at('Types').texts(1, 256)[0] ?? generator
      : generator)
  );
}

/** The resources themselves as places of a finding. */
function resourcesOf(item: JsonReader) {
  return targetsOf(item).map(target => ({ target, fingerprint: target }));
}

function targetsOf(item: JsonReader): string[] {
  return item
    .at('Resources')
    .items()
    .map(resource => resource.at('Id').text(512))
    .filter((id): id is string => id !== undefined);
}

function readVulnerability(
  entry: JsonReader,
  item: JsonReader,
): NormalizedFinding[] {
  const id = entry.at('Id').text(256) ?? ruleOf(item);
  const [target] = targetsOf(item);
  const related = entry.at('RelatedVulnerabilities').texts(50, 64);
  const cvss = entry
    .at('Cvss')
    .items()
    .find(score => score.at('BaseScore').number() !== undefined);
  const score = cvss?.at('BaseScore').number();
  const vulnerability = {
    ...readCommon(item, id),
    cvssScore: score !== undefined && score <= 10 ? score : undefined,
    cvssVector: cvss?.at('BaseVector').text(256),
    cves: readCves(id),
    aliases: readGhsas(id, ...related),
  };
  const packages = entry.at('VulnerablePackages').items();
  // A vulnerability without a package is one of the resource itself.
  if (packages.length === 0) {
    return [{ ...vulnerability, occurrences: resourcesOf(item) }];
  }
  return packages.map(pkg => ({
    ...vulnerability,
    remediation: pkg.at('Remediation').text(4_000),
    occurrences: [{ target, ...readPackage(pkg) }],
  }));
}

function readPackage(pkg: JsonReader) {
  const name = pkg.at('Name').text(256);
  if (!name) throw lacksFields(pkg, 'Name');
  const path = readPath(pkg.at('FilePath').text(1_024));
  return {
    location: path ? { path } : undefined,
    package: {
      name,
      version: pkg.at('Version').text(256),
      ecosystem: ecosystemOfInspector(pkg.at('PackageManager').text(64)),
      fixedVersion: pkg.at('FixedInVersion').text(256),
    },
  };
}

import type {
  NormalizedFinding,
  NormalizedOccurrence,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { lacksFields, notOutputOf } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { missingList } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';
import { severityOfScore, severityOfWord } from './severity';
import { toScan } from './toScan';

/**
 * Imports JSON of `trivy <target> --format json`: vulnerabilities,
 * misconfigurations and secrets.
 */
export const trivyImporter: ScanImporter = {
  id: 'trivy',
  title: 'Trivy',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    if (root.at('SchemaVersion').number() !== 2) {
      throw notOutputOf('trivy --format json', {
        code: 'scan-must-be',
        values: { path: 'SchemaVersion', value: '2' },
      });
    }
    const results = root.at('Results');
    return [
      toScan(
        {
          tool: 'Trivy',
          toolVersion: root.at('Trivy').at('Version').text(64),
          category: root.at('ArtifactName').text(256),
          analysedAt: root.at('CreatedAt').date(),
          findings: results
            .items()
            .flatMap(result => readTarget(result.object())),
        },
        // Trivy leaves it out if there was nothing that it could scan.
        { path: results.path, incomplete: missingList(results) },
      ),
    ];
  },
};

/** Findings of one entry of `Results`. */
export function readTarget(result: JsonReader): NormalizedFinding[] {
  const path = readPath(result.at('Target').text(1_024));
  return [
    ...result
      .at('Vulnerabilities')
      .items()
      .map(item => readVulnerability(item.object(), result)),
    ...result
      .at('Misconfigurations')
      .items()
      .filter(item => (item.at('Status').raw() ?? 'FAIL') === 'FAIL')
      .map(item => readMisconfiguration(item.object(), path)),
    ...result
      .at('Secrets')
      .items()
      .map(item => readSecret(item.object(), path)),
  ];
}

function readVulnerability(
  item: JsonReader,
  result: JsonReader,
): NormalizedFinding {
  const ruleId = item.at('VulnerabilityID').text(256);
  const name = item.at('PkgName').text(256);
  if (!ruleId || !name) {
    throw lacksFields(item, 'VulnerabilityID', 'PkgName');
  }
  const score = readScore(item);
  const word = item.at('Severity').text(32);
  const fixedVersion = item.at('FixedVersion').text(256);
  return {
    ruleId,
    title: titleOf([item.at('Title').raw()], `${ruleId} in ${name}`),
    description: item.at('Description').text(8_000),
    remediation: fixedVersion && `Update ${name} to ${fixedVersion}`,
    severity:
      severityOfWord(word) ??
      (score?.score === undefined ? 'info' : severityOfScore(score.score)),
    sourceSeverity: word,
    cvssScore: score?.score,
    cvssVector: score?.vector,
    cves: readCves(ruleId),
    cwes: readCwes(...item.at('CweIDs').texts(20, 32)),
    aliases: readGhsas(ruleId, ...item.at('VendorIDs').texts(20, 64)),
    occurrences: [
      {
        ...readPlace(item, result),
        package: {
          name,
          version: item.at('InstalledVersion').text(256),
          ecosystem: ecosystemOf(result.at('Type').text(64)),
          fixedVersion,
        },
      },
    ],
    links: readLink(item.at('PrimaryURL').raw(), ruleId),
  };
}

/** The file of a package, otherwise the lock file; operating system packages are in the image. */
function readPlace(item: JsonReader, result: JsonReader): NormalizedOccurrence {
  const target = result.at('Target').text(1_024);
  const isSystem = result.at('Class').raw() === 'os-pkgs';
  const path = readPath(
    item.at('PkgPath').text(1_024) ?? (isSystem ? undefined : target),
  );
  return path ? { location: { path } } : { target };
}

/** NVD's score takes precedence over vendor scores, version 3 over 2. */
function readScore(
  item: JsonReader,
): { score: number; vector?: string } | undefined {
  const sources = item
    .at('CVSS')
    .entries()
    .sort(([a], [b]) => Number(b === 'nvd') - Number(a === 'nvd'));
  for (const version of ['V40', 'V3', 'V2']) {
    for (const [, source] of sources) {
      const score = source.at(`${version}Score`).number();
      if (score !== undefined && score >= 0 && score <= 10) {
        return { score, vector: source.at(`${version}Vector`).text(256) };
      }
    }
  }
  return undefined;
}

function readMisconfiguration(
  item: JsonReader,
  path: string | undefined,
): NormalizedFinding {
  const ruleId =
    item.at('AVDID').text(256) ?? item.at('ID').text(256) ?? 'unknown';
  const cause = item.at('CauseMetadata');
  const word = item.at('Severity').text(32);
  return {
    ruleId,
    title: titleOf([item.at('Title').raw()], ruleId),
    description:
      item.at('Message').text(8_000) ?? item.at('Description').text(8_000),
    remediation: item.at('Resolution').text(4_000),
    severity: severityOfWord(word) ?? 'info',
    sourceSeverity: word,
    cves: [],
    cwes: [],
    occurrences: [
      {
        location: path
          ? {
              path,
              startLine: readPosition(cause.at('StartLine')),
              endLine: readPosition(cause.at('EndLine')),
            }
          : undefined,
        fingerprint: cause.at('Resource').text(512),
      },
    ],
    links: readLink(item.at('PrimaryURL').raw(), ruleId),
  };
}

/** Never reads the secret itself (`Match`, `Code`). */
function readSecret(
  item: JsonReader,
  path: string | undefined,
): NormalizedFinding {
  const ruleId = item.at('RuleID').text(256) ?? 'secret';
  const word = item.at('Severity').text(32);
  return {
    ruleId,
    title: `Secret in a file: ${titleOf([item.at('Title').raw()], ruleId)}`,
    remediation:
      'Revoke the secret, then remove it from the file and its history',
    severity: severityOfWord(word) ?? 'high',
    sourceSeverity: word,
    cves: [],
    cwes: ['CWE-798'],
    occurrences: path
      ? [{ location: { path, startLine: readPosition(item.at('StartLine')) } }]
      : [],
    links: [],
  };
}

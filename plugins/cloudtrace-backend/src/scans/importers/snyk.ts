import type {
  NormalizedFinding,
  NormalizedOccurrence,
  NormalizedScan,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { CodedMessage } from '@cloudtrace/plugin-cloudtrace-common';
import { failedTool, lacksFields, notOutputOf } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { JsonReader } from './JsonReader';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';
import { titleOf } from './plainText';
import { uniteVulnerabilities } from './uniteVulnerabilities';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';
import { sarifImporter } from './sarif';
import { severityOfWord } from './severity';

/**
 * Imports JSON of `snyk test`, `snyk container test` and `snyk iac test`, for
 * one or all projects, and of `snyk code test`, which is SARIF.
 */
export const snykImporter: ScanImporter = {
  id: 'snyk',
  title: 'Snyk',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document);
    if (root.at('runs').exists) return sarifImporter.parse(document);
    const projects = root.isArray ? root.items() : [root.object()];
    requireAtMost(
      { name: 'projects', most: 1_000 },
      projects.length,
      'the document',
    );
    return projects.map(project => readProject(project.object()));
  },
};

function readProject(project: JsonReader): NormalizedScan {
  const error = project.at('error').text(300);
  if (error) throw failedTool('Snyk', error);
  const isIac = project.at('infrastructureAsCodeIssues').exists;
  const issues = project.at(
    isIac ? 'infrastructureAsCodeIssues' : 'vulnerabilities',
  );
  if (!issues.isArray) {
    throw notOutputOf('snyk --json', {
      code: 'scan-must-have-one',
      values: {
        path: project.place,
        first: 'vulnerabilities',
        second: 'infrastructureAsCodeIssues',
      },
    });
  }
  const isContainer = project.at('docker').exists;
  const kind = isContainer ? 'Container' : 'Open Source';
  const findings = uniteVulnerabilities([
    ...issues
      .items()
      .map(issue =>
        isIac
          ? readIacIssue(issue.object(), project)
          : readVulnerability(issue.object(), project),
      ),
    ...readApplications(project),
  ]);
  requireAtMost(sarifLimits.results, findings.length, issues.path);
  const cuts = new Cuts();
  return {
    tool: isIac ? 'Snyk IaC' : `Snyk ${kind}`,
    category:
      project.at('displayTargetFile').text(256) ??
      project.at('projectName').text(256),
    incomplete: findings.length === 0 ? missingIssues(project) : undefined,
    findings: keepWorst(findings, cuts),
    cuts: cuts.list(),
  };
}

/** Why an empty list does not mean that there are no issues. */
function missingIssues(project: JsonReader): CodedMessage | undefined {
  const count = project.at('uniqueCount');
  if ((count.number() ?? 0) > 0) {
    return {
      code: 'scan-no-issue',
      values: { path: count.path, value: String(count.number()) },
    };
  }
  const ok = project.at('ok');
  return ok.boolean() === false
    ? {
        code: 'scan-no-issue-although',
        values: { path: ok.path, value: 'false' },
      }
    : undefined;
}

/** Packages of each application in an image, in addition to its system packages. */
function readApplications(image: JsonReader): NormalizedFinding[] {
  return image
    .at('applications')
    .items()
    .flatMap(application =>
      application
        .object()
        .at('vulnerabilities')
        .items()
        .map(issue => readVulnerability(issue.object(), application)),
    );
}

function readVulnerability(
  issue: JsonReader,
  project: JsonReader,
): NormalizedFinding {
  const ruleId = issue.at('id').text(256);
  const name = issue.at('packageName').text(256) ?? issue.at('name').text(256);
  if (!ruleId || !name) {
    throw lacksFields(issue, 'id', 'packageName');
  }
  const ids = issue.at('identifiers');
  const word = issue.at('severity').text(32);
  const score = issue.at('cvssScore').numeric();
  const fixedVersion = issue.at('fixedIn').texts(20, 64).join(', ');
  const manager =
    issue.at('packageManager').text(64) ??
    project.at('packageManager').text(64);
  const upgrade = issue
    .at('upgradePath')
    .items()
    .map(step => step.text(256))
    .find(step => step !== undefined);
  return {
    ruleId,
    title: titleOf([issue.at('title').raw()], ruleId),
    description: issue.at('description').text(8_000),
    remediation: upgrade && `Update to ${upgrade}`,
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cvssScore: score !== undefined && score <= 10 ? score : undefined,
    cvssVector: issue.at('CVSSv3').text(256),
    cves: readCves(...ids.at('CVE').texts(50, 64)),
    cwes: readCwes(...ids.at('CWE').texts(50, 64)),
    aliases: readGhsas(...ids.at('GHSA').texts(50, 64)),
    occurrences: [
      {
        ...readPlace(project),
        package: {
          name,
          version: issue.at('version').text(256),
          // `linux` and similar values only state the system; the issue is more
          // precise.
          ecosystem: ecosystemOf(manager?.split(':')[0]),
          ...(fixedVersion && { fixedVersion }),
        },
      },
    ],
    links: readLink(
      /^[\w:.-]+$/.test(ruleId)
        ? `https://security.snyk.io/vuln/${ruleId}`
        : undefined,
      ruleId,
    ),
    suppression: issue.at('filtered').exists
      ? { kind: 'external', reason: 'Ignored in Snyk' }
      : undefined,
  };
}

/** The manifest of a project, otherwise the image. */
function readPlace(project: JsonReader): NormalizedOccurrence {
  const path = readPath(
    project.at('displayTargetFile').text(1_024) ??
      project.at('targetFile').text(1_024),
  );
  const target = project.at('path').text(1_024);
  if (path) return { location: { path } };
  // `path` of other projects is a directory on the scanning machine.
  return target && project.at('docker').exists ? { target } : {};
}

function readIacIssue(
  issue: JsonReader,
  project: JsonReader,
): NormalizedFinding {
  const ruleId =
    issue.at('publicId').text(256) ?? issue.at('id').text(256) ?? 'unknown';
  const word = issue.at('severity').text(32);
  const path = readPath(
    project.at('targetFile').text(1_024) ?? issue.at('targetFile').text(1_024),
  );
  const where = issue
    .at('path')
    .items()
    .map(step => step.text(128) ?? '')
    .join('.');
  const details = issue.at('iacDescription');
  return {
    ruleId,
    title: titleOf([issue.at('title').raw()], ruleId),
    description:
      [
        details.at('issue').text(2_000),
        details.at('impact').text(2_000) ?? issue.at('impact').text(2_000),
      ]
        .filter(Boolean)
        .join('\n\n') || undefined,
    remediation:
      details.at('resolve').text(2_000) ?? issue.at('resolve').text(2_000),
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cves: [],
    cwes: [],
    occurrences: [
      {
        location: path
          ? { path, startLine: readPosition(issue.at('lineNumber')) }
          : undefined,
        fingerprint: where || undefined,
      },
    ],
    links: readLink(issue.at('documentation').raw(), ruleId),
  };
}

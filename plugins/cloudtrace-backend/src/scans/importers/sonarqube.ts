import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedScan,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { formatError, lacksFields } from './formatErrors';
import { JsonReader } from './JsonReader';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';
import { titleOf } from './plainText';
import { readCwes } from './readIds';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';

/** Both scales of SonarQube; its CRITICAL is second to BLOCKER. */
const severityOf = new Map<string, Severity>([
  ['BLOCKER', 'critical'],
  ['CRITICAL', 'high'],
  ['HIGH', 'high'],
  ['MAJOR', 'medium'],
  ['MEDIUM', 'medium'],
  ['MINOR', 'low'],
  ['LOW', 'low'],
  ['INFO', 'info'],
]);

/**
 * Imports JSON of SonarQube's `api/issues/search` and `api/hotspots/search`,
 * separately or combined in one object. It must contain all results of a
 * project: a single page is rejected, because the missing results would look
 * fixed.
 */
export const sonarqubeImporter: ScanImporter = {
  id: 'sonarqube',
  title: 'SonarQube',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const issues = root.at('issues');
    const hotspots = root.at('hotspots');
    if (!issues.exists && !hotspots.exists) {
      throw formatError('scan-no-sonarqube-list');
    }
    requireAtMost(sarifLimits.results, issues.length, 'issues');
    requireAtMost(sarifLimits.results, hotspots.length, 'hotspots');
    requireAllPages(root, issues.length + hotspots.length);

    const scans = new Map<string, NormalizedScan>();
    const add = (item: JsonReader, read: typeof readIssue) => {
      const project = item.object().at('project').text(256);
      if (!project) throw lacksFields(item, 'project');
      const tool = read === readIssue ? 'SonarQube' : 'SonarQube Hotspots';
      const key = JSON.stringify([tool, project]);
      const scan = scans.get(key) ?? {
        tool,
        category: project,
        findings: [],
        cuts: [],
      };
      scans.set(key, scan);
      const finding = read(item, project);
      if (finding) scan.findings.push(finding);
    };
    for (const issue of issues.items()) add(issue, readIssue);
    for (const hotspot of hotspots.items()) add(hotspot, readHotspot);
    // Such a response does not contain the project; the upload's category must
    // name it.
    if (issues.isArray && issues.length === 0) {
      scans.set('', { tool: 'SonarQube', findings: [], cuts: [] });
    }
    if (hotspots.isArray && hotspots.length === 0) {
      scans.set('-', { tool: 'SonarQube Hotspots', findings: [], cuts: [] });
    }
    return [...scans.values()].map(scan => {
      const cuts = new Cuts();
      const findings = keepWorst(scan.findings, cuts);
      return { ...scan, findings, cuts: cuts.list() };
    });
  },
};

function requireAllPages(root: JsonReader, count: number): void {
  const total = root.at('paging').at('total').number() ?? count;
  if (total > count) {
    throw formatError('scan-pages-missing', { results: count, total });
  }
}

function readIssue(
  issue: JsonReader,
  project: string,
): NormalizedFinding | undefined {
  const status = issue.at('issueStatus').raw() ?? issue.at('status').raw();
  const resolution = issue.at('resolution').raw();
  if (
    ['FIXED', 'CLOSED', 'IN_SANDBOX'].includes(status ?? '') ||
    ['FIXED', 'REMOVED'].includes(resolution ?? '')
  ) {
    return undefined;
  }
  const impacts = issue.at('impacts').items();
  const impact =
    impacts.find(i => i.at('softwareQuality').raw() === 'SECURITY') ??
    impacts[0];
  const isFalse =
    status === 'FALSE_POSITIVE' || resolution === 'FALSE-POSITIVE';
  const isAccepted = status === 'ACCEPTED' || resolution === 'WONTFIX';
  return {
    ...readCommon(issue, project, {
      ruleId: issue.at('rule').text(256),
      fingerprint: issue.at('hash').text(128),
    }),
    ...readSeverity(
      impact?.at('severity').text(32) ?? issue.at('severity').text(32),
    ),
    cwes: readCwes(...issue.at('tags').texts(100, 64)),
    suppression:
      isFalse || isAccepted
        ? {
            kind: 'external',
            reason: `${isFalse ? 'False positive' : 'Accepted'} in SonarQube`,
          }
        : undefined,
  };
}

function readHotspot(
  hotspot: JsonReader,
  project: string,
): NormalizedFinding | undefined {
  const resolution = hotspot.at('resolution').raw();
  if (resolution === 'FIXED') return undefined;
  const rule =
    hotspot.at('ruleKey').text(256) ?? hotspot.at('securityCategory').text(256);
  return {
    ...readCommon(hotspot, project, { ruleId: rule }),
    ...readSeverity(hotspot.at('vulnerabilityProbability').text(32)),
    cwes: [],
    suppression:
      resolution === 'SAFE'
        ? { kind: 'external', reason: 'Reviewed as safe in SonarQube' }
        : undefined,
  };
}

function readCommon(
  item: JsonReader,
  project: string,
  { ruleId, fingerprint }: { ruleId?: string; fingerprint?: string },
) {
  if (!ruleId) throw lacksFields(item, 'rule');
  const component = item.at('component').raw();
  const prefix = `${project}:`;
  const path = component?.startsWith(prefix)
    ? readPath(component.slice(prefix.length))
    : undefined;
  const range = item.at('textRange');
  return {
    ruleId,
    title: titleOf([item.at('message').raw()], ruleId),
    description: item.at('message').text(8_000),
    cves: [],
    links: [],
    occurrences: [
      {
        location: path
          ? {
              path,
              startLine:
                readPosition(range.at('startLine')) ??
                readPosition(item.at('line')),
              endLine: readPosition(range.at('endLine')),
            }
          : undefined,
        fingerprint,
      },
    ],
  };
}

function readSeverity(word: string | undefined) {
  return {
    severity: severityOf.get(word ?? '') ?? ('medium' as const),
    sourceSeverity: word,
  };
}

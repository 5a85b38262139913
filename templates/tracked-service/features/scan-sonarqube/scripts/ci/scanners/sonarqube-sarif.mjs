#!/usr/bin/env node
// @ts-check
/*
 * Writes the open issues and security hotspots of the SonarQube project as SARIF 2.1.0: sonarqube-sarif.mjs OUTPUT
 * Reads SONAR_HOST_URL, SONAR_TOKEN, and sonar.projectKey from sonar-project.properties.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE_SIZE = 500;
/** SonarQube returns at most 10,000 results of a search. */
const MAX_RESULTS = 10_000;

/** @typedef {{ key: string, rule: string, component: string, message: string, severity?: string, impacts?: Array<{ softwareQuality: string, severity: string }>, line?: number, hash?: string, type?: string, textRange?: { startLine: number, endLine: number, startOffset: number, endOffset: number } }} Issue */
/** @typedef {{ key: string, component: string, message: string, ruleKey: string, vulnerabilityProbability: string, line?: number }} Hotspot */

const output = process.argv[2];
const { SONAR_HOST_URL, SONAR_TOKEN } = process.env;
if (!output || !SONAR_HOST_URL || !SONAR_TOKEN) {
  console.error(
    'Usage: SONAR_HOST_URL=… SONAR_TOKEN=… sonarqube-sarif.mjs OUTPUT',
  );
  process.exit(2);
}
const base = SONAR_HOST_URL.replace(/\/+$/, '');

const properties = readFileSync('sonar-project.properties', 'utf8');
const project = /^sonar\.projectKey=(.+)$/m.exec(properties)?.[1]?.trim();
if (!project)
  throw new Error('sonar-project.properties has no sonar.projectKey');

/**
 * Returns all pages of a search.
 *
 * @param {string} path
 * @param {string} list name of the list in the response
 * @param {Record<string, string>} query
 */
async function searchAll(path, list, query) {
  const items = [];
  for (let page = 1; page * PAGE_SIZE <= MAX_RESULTS; page += 1) {
    const parameters = new URLSearchParams({
      ...query,
      p: String(page),
      ps: String(PAGE_SIZE),
    });
    const response = await fetch(`${base}${path}?${parameters}`, {
      headers: { authorization: `Bearer ${SONAR_TOKEN}` },
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) {
      throw new Error(
        `${path}: ${response.status} ${(await response.text()).slice(0, 500)}`,
      );
    }
    const answer = await response.json();
    items.push(...answer[list]);
    if (items.length >= answer.paging.total) break;
  }
  return items;
}

/** A component is named `project:path/of/file`. @param {string} component */
const pathOf = component => component.slice(component.indexOf(':') + 1);

const LEVELS = /** @type {const} */ ({
  BLOCKER: 'error',
  CRITICAL: 'error',
  HIGH: 'error',
  MAJOR: 'warning',
  MEDIUM: 'warning',
  MINOR: 'note',
  LOW: 'note',
  INFO: 'note',
});

/** For security findings, on the CVSS scale that readers of SARIF expect. */
const SECURITY_SEVERITIES = /** @type {const} */ ({
  BLOCKER: '9.5',
  CRITICAL: '8.0',
  HIGH: '8.0',
  MAJOR: '5.5',
  MEDIUM: '5.5',
  MINOR: '3.0',
  LOW: '3.0',
  INFO: '0.5',
});

/**
 * @param {{ ruleId: string, message: string, component: string, severity: string, security: boolean, fingerprint: string, region?: object }} finding
 */
function toResult(finding) {
  const severity = /** @type {keyof typeof LEVELS} */ (finding.severity);
  return {
    ruleId: finding.ruleId,
    level: LEVELS[severity] ?? 'warning',
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: pathOf(finding.component) },
          ...(finding.region && { region: finding.region }),
        },
      },
    ],
    partialFingerprints: { 'sonarqube/v1': finding.fingerprint },
    properties: finding.security
      ? {
          'security-severity': SECURITY_SEVERITIES[severity] ?? '5.5',
          tags: ['security'],
        }
      : { tags: ['maintainability'] },
  };
}

/** @param {Issue} issue */
function fromIssue(issue) {
  const security = issue.impacts?.find(i => i.softwareQuality === 'SECURITY');
  return toResult({
    ruleId: issue.rule,
    message: issue.message,
    component: issue.component,
    severity:
      (security ?? issue.impacts?.[0])?.severity ?? issue.severity ?? 'MAJOR',
    security: security !== undefined || issue.type === 'VULNERABILITY',
    // The key of an issue stays the same when its line moves.
    fingerprint: issue.key,
    region: toRegion(issue),
  });
}

/** @param {Issue} issue */
function toRegion({ textRange, line }) {
  if (textRange) {
    return {
      startLine: textRange.startLine,
      endLine: textRange.endLine,
      startColumn: textRange.startOffset + 1,
      endColumn: textRange.endOffset + 1,
    };
  }
  return line ? { startLine: line } : undefined;
}

/** @param {Hotspot} hotspot */
const fromHotspot = hotspot =>
  toResult({
    ruleId: hotspot.ruleKey,
    message: hotspot.message,
    component: hotspot.component,
    severity: hotspot.vulnerabilityProbability,
    security: true,
    fingerprint: hotspot.key,
    ...(hotspot.line && { region: { startLine: hotspot.line } }),
  });

/** @type {Issue[]} */
const issues = await searchAll('/api/issues/search', 'issues', {
  componentKeys: project,
  resolved: 'false',
});
/** @type {Hotspot[]} */
const hotspots = await searchAll('/api/hotspots/search', 'hotspots', {
  projectKey: project,
  status: 'TO_REVIEW',
});
const results = [...issues.map(fromIssue), ...hotspots.map(fromHotspot)];
const rules = [...new Set(results.map(result => result.ruleId))].sort();

const sarif = {
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'SonarQube',
          informationUri: 'https://www.sonarsource.com/products/sonarqube/',
          rules: rules.map(id => ({
            id,
            helpUri: `${base}/coding_rules?open=${encodeURIComponent(id)}`,
          })),
        },
      },
      results,
    },
  ],
};
writeFileSync(output, `${JSON.stringify(sarif, null, 2)}\n`);
console.log(`${results.length} findings of ${project} in ${output}`);

import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { failedTool, formatError } from './formatErrors';
import { emptyAlthoughCounted } from './fewerThanSaid';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readAdvisories, readRegistryAdvisory } from './readAdvisories';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

/**
 * Imports JSON lines of `yarn audit --json` (Yarn 1) and `yarn npm audit
 * --json` (Yarn 2 and later).
 */
export const yarnAuditImporter: ScanImporter = {
  id: 'yarn-audit',
  title: 'Yarn audit',
  modulePath: __filename,
  jsonLines: true,
  parse(document) {
    const root = new JsonReader(document);
    const lines = root.items().map(line => line.object());
    const isClassic = lines.some(line => line.at('type').exists);
    const findings = isClassic
      ? readClassic(lines)
      : lines.flatMap(line => readModern(line));
    return [
      toScan(
        { tool: 'Yarn audit', findings },
        {
          path: root.path,
          incomplete: lines
            .map(line =>
              emptyAlthoughCounted(root, countsOf(line), findings.length),
            )
            .find(Boolean),
        },
      ),
    ];
  },
};

/** From the summary of Yarn 1, or from the registry's response that Yarn 2 and 3 pass on. */
function countsOf(line: JsonReader): JsonReader {
  return line.at('type').raw() === 'auditSummary'
    ? line.at('data').at('vulnerabilities')
    : line.at('metadata').at('vulnerabilities');
}

/** Yarn 1 writes a line per path to the package, and a summary at the end. */
function readClassic(lines: JsonReader[]): NormalizedFinding[] {
  const typed = (type: string) =>
    lines.filter(line => line.at('type').raw() === type);
  const [error] = typed('error');
  if (error) {
    const said = error.at('data').text(300) ?? 'no reason given';
    throw failedTool('yarn audit', said);
  }
  if (typed('auditSummary').length === 0) {
    throw formatError('scan-yarn-unfinished');
  }
  const advisories = new Map<string, NormalizedFinding>();
  for (const line of typed('auditAdvisory')) {
    const finding = readRegistryAdvisory(line.at('data').at('advisory'));
    const [place] = finding.occurrences;
    advisories.set(
      JSON.stringify([finding.ruleId, place.package?.name]),
      finding,
    );
  }
  return [...advisories.values()];
}

/** Yarn 2 and 3 pass the registry's response on; Yarn 4 writes a line per advisory. */
function readModern(line: JsonReader): NormalizedFinding[] {
  if (line.at('advisories').isObject) {
    return readAdvisories(line.at('advisories'));
  }
  const name = line.at('value').text(256);
  const details = line.at('children');
  if (!name || !details.isObject) {
    throw formatError('scan-no-yarn-advisory', { path: line.place });
  }
  // An unmaintained package is not a vulnerability.
  if (details.at('ID').text(512)?.endsWith('(deprecation)')) return [];
  return [readAdvisory(name, details)];
}

function readAdvisory(name: string, details: JsonReader): NormalizedFinding {
  const url = details.at('URL').raw();
  const [ghsa] = readGhsas(url);
  const id = details.at('ID').numeric() ?? details.at('ID').text(64);
  const ruleId = ghsa ?? `npm-${id ?? 'unknown'}`;
  const word = details.at('Severity').text(32);
  const range = details.at('Vulnerable Versions').text(256);
  const versions = details.at('Tree Versions').texts(100, 256);
  return {
    ruleId,
    title: titleOf([details.at('Issue').raw()], ruleId),
    description: range && `Affected versions of ${name}: ${range}`,
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cves: [],
    cwes: [],
    aliases: ghsa ? [ghsa] : [],
    occurrences: (versions.length > 0 ? versions : [undefined]).map(
      version => ({ package: { name, version, ecosystem: 'npm' } }),
    ),
    links: readLink(url, ruleId),
  };
}

import type {
  NormalizedFinding,
  NormalizedOccurrence,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { missingField, notAList, notOutputOf } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { severityOfScore, severityOfWord } from './severity';
import { toScan } from './toScan';

/** Imports JSON of `osv-scanner --format json`, versions 1 and 2. */
export const osvScannerImporter: ScanImporter = {
  id: 'osv-scanner',
  title: 'OSV-Scanner',
  modulePath: __filename,
  parse(document) {
    const results = new JsonReader(document).object().at('results');
    if (!results.isArray) {
      throw notOutputOf('osv-scanner --format json', {
        code: 'scan-not-a-list',
        values: { path: 'results' },
      });
    }
    const findings = results.items().flatMap(readSource);
    const unlisted = results
      .items()
      .flatMap(result => result.at('packages').items())
      .filter(
        entry =>
          entry.at('groups').length > 0 &&
          entry.at('vulnerabilities').length === 0,
      );
    return [
      toScan(
        { tool: 'OSV-Scanner', findings },
        {
          path: results.path,
          unchecked: {
            what: 'scan-packages-without-vulnerabilities',
            count: unlisted.length,
          },
        },
      ),
    ];
  },
};

function readSource(result: JsonReader): NormalizedFinding[] {
  const packages = result.object().at('packages');
  if (!packages.isArray) {
    throw notAList(packages);
  }
  const path = readPath(result.at('source').at('path').text(1_024));
  return packages.items().flatMap(entry => readPackage(entry, path));
}

function readPackage(
  entry: JsonReader,
  path: string | undefined,
): NormalizedFinding[] {
  const pkg = entry.object().at('package');
  const name = pkg.at('name').text(256);
  if (!name) throw missingField(`${pkg.path}.name`);
  const occurrence = {
    location: path ? { path } : undefined,
    package: {
      name,
      version: pkg.at('version').text(256),
      ecosystem: ecosystemOf(pkg.at('ecosystem').text(64)?.split(':')[0]),
    },
  };
  const scores = readScores(entry.at('groups'));
  return entry
    .at('vulnerabilities')
    .items()
    .map(item => readVulnerability(item, { occurrence, scores }));
}

/** The worst score of each id; a group contains the ids of one vulnerability. */
function readScores(groups: JsonReader): Map<string, number> {
  return new Map(
    groups.items().flatMap(group => {
      const score = group.at('max_severity').numeric();
      if (score === undefined || score > 10) return [];
      return group
        .at('ids')
        .texts(100, 256)
        .map((id): [string, number] => [id, score]);
    }),
  );
}

function readVulnerability(
  item: JsonReader,
  {
    occurrence,
    scores,
  }: { occurrence: NormalizedOccurrence; scores: Map<string, number> },
): NormalizedFinding {
  const ruleId = item.object().at('id').text(256);
  if (!ruleId) throw missingField(`${item.path}.id`);
  const { package: pkg } = occurrence;
  const specific = item.at('database_specific');
  const word = specific.at('severity').text(32);
  const score = scores.get(ruleId);
  const aliases = item.at('aliases').texts(50, 64);
  const fixedVersion = readFix(item, pkg?.name);
  return {
    ruleId,
    title: titleOf([item.at('summary').raw()], `${ruleId} in ${pkg?.name}`),
    description: item.at('details').text(8_000),
    remediation: fixedVersion && `Update ${pkg?.name} to ${fixedVersion}`,
    severity:
      score === undefined
        ? severityOfWord(word) ?? 'medium'
        : severityOfScore(score),
    sourceSeverity: word,
    cvssScore: score,
    cvssVector: readVector(item),
    cves: readCves(ruleId, ...aliases),
    cwes: readCwes(...specific.at('cwe_ids').texts(20, 32)),
    aliases: readGhsas(ruleId, ...aliases),
    occurrences: [{ ...occurrence, package: pkg && { ...pkg, fixedVersion } }],
    links: readLink(
      /^[\w.:-]+$/.test(ruleId)
        ? `https://osv.dev/vulnerability/${ruleId}`
        : undefined,
      ruleId,
    ),
  };
}

function readVector(item: JsonReader): string | undefined {
  return item
    .at('severity')
    .items()
    .map(severity => severity.at('score').text(256))
    .find(Boolean);
}

/** All versions with a fix: one per release line. */
function readFix(
  item: JsonReader,
  name: string | undefined,
): string | undefined {
  const fixes = item
    .at('affected')
    .items()
    .filter(affected => affected.at('package').at('name').raw() === name)
    .flatMap(affected => affected.at('ranges').items())
    .filter(range => range.at('type').raw() !== 'GIT')
    .flatMap(range => range.at('events').items())
    .map(event => event.at('fixed').text(64))
    .filter(Boolean);
  return [...new Set(fixes)].slice(0, 10).join(', ') || undefined;
}

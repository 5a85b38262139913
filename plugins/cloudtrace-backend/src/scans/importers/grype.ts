import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { lacksFields, notOutputOf } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPurl } from './readPurl';
import { severityOfScore, severityOfWord } from './severity';
import { toScan } from './toScan';

/** Imports JSON of `grype <target> --output json`. */
export const grypeImporter: ScanImporter = {
  id: 'grype',
  title: 'Grype',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const matches = root.at('matches');
    if (!matches.isArray) {
      throw notOutputOf('grype --output json', {
        code: 'scan-not-a-list',
        values: { path: 'matches' },
      });
    }
    const target = readSource(root.at('source'));
    const descriptor = root.at('descriptor');
    const ignored = root.at('ignoredMatches').items();
    return [
      toScan(
        {
          tool: 'Grype',
          toolVersion: descriptor.at('version').text(64),
          category: target,
          analysedAt: descriptor.at('timestamp').date(),
          findings: [...matches.items(), ...ignored].map(match =>
            readMatch(match, target),
          ),
        },
        { path: matches.path },
      ),
    ];
  },
};

/** The requested image name, or a directory. */
function readSource(source: JsonReader): string | undefined {
  const target = source.at('target');
  return target.text(256) ?? target.at('userInput').text(256);
}

function readMatch(
  match: JsonReader,
  target: string | undefined,
): NormalizedFinding {
  const vulnerability = match.object().at('vulnerability');
  const artifact = match.at('artifact');
  const ruleId = vulnerability.at('id').text(256);
  const purl = readPurl(artifact.at('purl').text(1_024));
  const name = purl?.name ?? artifact.at('name').text(256);
  if (!ruleId || !name) {
    throw lacksFields(match, 'vulnerability.id', 'artifact.name');
  }
  const related = match.at('relatedVulnerabilities').items();
  const ids = [ruleId, ...related.map(item => item.at('id').text(256))];
  const details = [vulnerability, ...related];
  const word = vulnerability.at('severity').text(32);
  const cvss = details
    .flatMap(item => item.at('cvss').items())
    .find(item => item.at('metrics').at('baseScore').number() !== undefined);
  const score = cvss?.at('metrics').at('baseScore').number();
  const cvssScore =
    score !== undefined && score >= 0 && score <= 10 ? score : undefined;
  const fixedVersion =
    vulnerability.at('fix').at('versions').texts(20, 64).join(', ') ||
    undefined;
  const description = details
    .map(item => item.at('description').text(8_000))
    .find(Boolean);
  const file = artifact.at('locations').items()[0]?.at('path').text(512);
  return {
    ruleId,
    title: titleOf([], `${ruleId} in ${name}`),
    description,
    remediation: fixedVersion && `Update ${name} to ${fixedVersion}`,
    severity:
      severityOfWord(word) ??
      (cvssScore === undefined ? 'medium' : severityOfScore(cvssScore)),
    sourceSeverity: word,
    cvssScore,
    cvssVector: cvss?.at('vector').text(256),
    cves: readCves(...ids),
    cwes: [],
    aliases: readGhsas(...ids),
    occurrences: [
      {
        // Paths refer to the image or to the scanning machine.
        target: [target, file].filter(Boolean).join(': ') || undefined,
        package: {
          name,
          version: artifact.at('version').text(256),
          ecosystem:
            purl?.ecosystem ?? ecosystemOf(artifact.at('type').text(64)),
          fixedVersion,
        },
      },
    ],
    links: readLink(vulnerability.at('dataSource').raw(), ruleId),
    suppression: readSuppression(match),
  };
}

function readSuppression(match: JsonReader): NormalizedFinding['suppression'] {
  const [rule] = match.at('appliedIgnoreRules').items();
  if (!rule) return undefined;
  const reason = rule.at('reason').text(300);
  return {
    kind: 'external',
    reason: ['Ignored in Grype', reason].filter(Boolean).join(': '),
  };
}

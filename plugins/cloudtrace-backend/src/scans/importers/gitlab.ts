import type {
  NormalizedFinding,
  NormalizedOccurrence,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { formatError } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

const types = [
  'sast',
  'dependency_scanning',
  'secret_detection',
  'container_scanning',
];

/**
 * Imports reports of GitLab's analyzers, `gl-…-report.json`: SAST, dependency
 * scanning, secret detection and container scanning.
 */
export const gitlabImporter: ScanImporter = {
  id: 'gitlab',
  title: 'GitLab',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const scan = root.at('scan');
    const type = scan.at('type').text(64);
    if (!type || !types.includes(type)) {
      throw formatError('scan-gitlab-type', {
        path: 'scan.type',
        types: types.join(', '),
      });
    }
    const vulnerabilities = root.at('vulnerabilities');
    if (!vulnerabilities.isArray) {
      throw formatError('scan-not-a-list', { path: 'vulnerabilities' });
    }
    if (scan.at('status').raw() === 'failure') {
      throw formatError('scan-gitlab-failed', { path: 'scan.status' });
    }
    const managers = readManagers(root);
    const scanner = scan.at('scanner');
    const name = scanner.at('name').text(64) ?? type;
    return [
      toScan(
        {
          tool: `GitLab ${name}`,
          toolVersion: scanner.at('version').text(64),
          category: type,
          analysedAt: readTime(scan.at('end_time')),
          findings: vulnerabilities
            .items()
            .map(item => readVulnerability(item.object(), { type, managers })),
        },
        { path: vulnerabilities.path },
      ),
    ];
  },
};

/** GitLab writes UTC without a time zone. */
function readTime(time: JsonReader): Date | undefined {
  const text = time.text(64);
  if (!text) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  return new JsonReader(zoned).date();
}

/** Package managers by their lock files. */
function readManagers(root: JsonReader): Map<string, string> {
  return new Map(
    root
      .at('dependency_files')
      .items()
      .map(file => [
        file.at('path').raw() ?? '',
        file.at('package_manager').text(64) ?? '',
      ]),
  );
}

function readVulnerability(
  item: JsonReader,
  { type, managers }: { type: string; managers: Map<string, string> },
): NormalizedFinding {
  const identifiers = item.at('identifiers').items();
  const names = identifiers.map(id => id.at('name').text(256));
  const values = identifiers.map(id => id.at('value').text(256));
  const ruleId =
    values[0] ?? item.at('cve').text(256) ?? item.at('id').text(256);
  if (!ruleId) {
    throw formatError('scan-must-have-one', {
      path: item.place,
      first: 'identifiers',
      second: 'id',
    });
  }
  const word = item.at('severity').text(32);
  const isFalse = item
    .at('flags')
    .items()
    .some(flag => flag.at('type').raw() === 'flagged-as-likely-false-positive');
  return {
    ruleId,
    title: titleOf(
      [item.at('name').raw(), item.at('message').raw(), names[0]],
      ruleId,
    ),
    description: item.at('description').text(8_000),
    remediation: item.at('solution').text(4_000),
    severity:
      severityOfWord(word) ?? (type === 'secret_detection' ? 'high' : 'medium'),
    sourceSeverity: word,
    cves: readCves(...names, ...values),
    cwes: readCwes(...names),
    aliases: readGhsas(...names, ...values),
    occurrences: [readOccurrence(item, managers)],
    links: readLink(identifiers[0]?.at('url').raw(), names[0] ?? ruleId),
    suppression: isFalse
      ? {
          kind: 'external',
          reason: 'Likely a false positive according to GitLab',
        }
      : undefined,
  };
}

/** Never reads the source (`raw_source_code_extract`): it may be a secret. */
function readOccurrence(
  item: JsonReader,
  managers: Map<string, string>,
): NormalizedOccurrence {
  const location = item.at('location');
  const file = location.at('file').text(1_024);
  const path = readPath(file);
  const dependency = location.at('dependency');
  const name = dependency.at('package').at('name').text(256);
  const system = location.at('operating_system').text(128)?.split(/[ :]/)[0];
  const signature = item
    .at('tracking')
    .at('items')
    .items()
    .flatMap(tracked => tracked.at('signatures').items())
    .map(tracked => tracked.at('value').text(256))
    .find(Boolean);
  return {
    target: location.at('image').text(512),
    location: path
      ? {
          path,
          startLine: readPosition(location.at('start_line')),
          endLine: readPosition(location.at('end_line')),
        }
      : undefined,
    package: name
      ? {
          name,
          version: dependency.at('version').text(256),
          ecosystem: ecosystemOf(system ?? managers.get(file ?? '')),
        }
      : undefined,
    fingerprint: signature,
  };
}

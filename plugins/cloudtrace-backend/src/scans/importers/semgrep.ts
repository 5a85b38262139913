import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { missingField, notOutputOf } from './formatErrors';
import { ecosystemOf } from './ecosystem';
import { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';
import { severityOfWord } from './severity';
import { toScan } from './toScan';

/** Reason why Semgrep skips a file without being configured to ignore it. */
const failures = [
  'analysis_failed_parser_or_internal_error',
  'exceeded_size_limit',
  'insufficient_permissions',
  'too_big',
  'too_many_matches',
];

/** Imports JSON of `semgrep scan --json`: code, and dependencies from Supply Chain. */
export const semgrepImporter: ScanImporter = {
  id: 'semgrep',
  title: 'Semgrep',
  modulePath: __filename,
  parse(document) {
    const root = new JsonReader(document).object();
    const results = root.at('results');
    const errors = root.at('errors');
    if (!results.isArray || !errors.isArray) {
      throw notOutputOf('semgrep scan --json', {
        code: 'scan-not-lists',
        values: { first: 'results', second: 'errors' },
      });
    }
    // Syntax errors, timeouts and files that it could parse only in part are
    // warnings with a path; an error may have ended all of the scan.
    const failed = errors
      .items()
      .filter(error => error.at('level').raw() === 'error' || !pathOf(error));
    return [
      toScan(
        {
          tool: 'Semgrep',
          toolVersion: root.at('version').text(64),
          findings: results.items().map(readResult),
          uncheckedPaths: readUnchecked(root),
        },
        {
          path: results.path,
          unchecked: {
            what: 'scan-errors',
            count: failed.length,
          },
        },
      ),
    ];
  },
};

const pathOf = (item: JsonReader) => readPath(item.at('path').text(1_024));

/** Files of errors, and those that it skipped although it should have read them. */
function readUnchecked(root: JsonReader): string[] {
  const skipped = root
    .at('paths')
    .at('skipped')
    .items()
    .filter(item => failures.includes(item.at('reason').raw() ?? ''));
  const paths = [...root.at('errors').items(), ...skipped].flatMap(
    item => pathOf(item) ?? [],
  );
  return [...new Set(paths)];
}

function readResult(item: JsonReader): NormalizedFinding {
  const ruleId = item.object().at('check_id').text(256);
  if (!ruleId) throw missingField(`${item.path}.check_id`);
  const path = pathOf(item);
  const extra = item.at('extra');
  const metadata = extra.at('metadata');
  const word = extra.at('severity').text(32);
  const cwe = metadata.at('cwe');
  const [reference] = metadata.at('references').texts(10, 2_000);
  const pkg = readPackage(extra.at('sca_info'));
  return {
    ruleId,
    title: titleOf([extra.at('message').raw()], ruleId),
    description: extra.at('message').text(8_000),
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cves: pkg
      ? readCves(metadata.at('sca-vuln-database-identifier').raw())
      : [],
    cwes: readCwes(cwe.raw(), ...cwe.texts(20, 256)),
    aliases: pkg
      ? readGhsas(metadata.at('sca-vuln-database-identifier').raw())
      : [],
    occurrences: [
      {
        location: path
          ? {
              path,
              startLine: readPosition(item.at('start').at('line')),
              endLine: readPosition(item.at('end').at('line')),
              startColumn: readPosition(item.at('start').at('col')),
              endColumn: readPosition(item.at('end').at('col')),
            }
          : undefined,
        package: pkg,
        fingerprint: withLogin(extra.at('fingerprint')),
        snippet: withLogin(extra.at('lines')),
      },
    ],
    links: readLink(metadata.at('source').raw() ?? reference, ruleId),
    suppression:
      extra.at('is_ignored').boolean() === true
        ? { kind: 'in-source', reason: 'Ignored in the source by nosemgrep' }
        : undefined,
  };
}

/** Without a login, Semgrep writes the same words for every result. */
function withLogin(text: JsonReader): string | undefined {
  const value = text.raw()?.slice(0, 4_096);
  return value === 'requires login' ? undefined : value;
}

function readPackage(info: JsonReader) {
  const found = info.at('dependency_match').at('found_dependency');
  const name = found.at('package').text(256);
  if (!name) return undefined;
  return {
    name,
    version: found.at('version').text(256),
    ecosystem: ecosystemOf(found.at('ecosystem').text(64)),
  };
}

import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { lacksFields } from './formatErrors';
import { JsonReader } from './JsonReader';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';
import { toScan } from './toScan';

/**
 * Imports lines of `trufflehog <source> --json`. Never reads the secret itself
 * (`Raw`, `Redacted`).
 */
export const trufflehogImporter: ScanImporter = {
  id: 'trufflehog',
  title: 'TruffleHog',
  modulePath: __filename,
  jsonLines: true,
  parse(document) {
    const root = new JsonReader(document);
    const findings = root
      .items()
      .filter(line => !isLog(line.object()))
      .map(readSecret);
    return [toScan({ tool: 'TruffleHog', findings }, { path: root.path })];
  },
};

/** The file contains log lines if both outputs of the tool go to it. */
const isLog = (line: JsonReader) =>
  line.at('level').exists && line.at('msg').exists;

function readSecret(line: JsonReader): NormalizedFinding {
  const detector = line.at('DetectorName').text(128);
  const sources = line.at('SourceMetadata').at('Data');
  if (!detector || !sources.isObject) {
    throw lacksFields(line, 'DetectorName', 'SourceMetadata.Data');
  }
  const [[kind, source] = ['', sources]] = sources.entries();
  const path = readPath(source.at('file').text(1_024));
  const commit = source.at('commit').text(64);
  const startLine = readPosition(source.at('line'));
  const target =
    source.at('repository').text(512) ??
    source.at('image').text(512) ??
    source.at('bucket').text(512) ??
    (path ? undefined : kind);
  const isVerified = line.at('Verified').boolean() === true;
  return {
    ruleId: detector,
    title: `Secret of ${detector}${isVerified ? ', which works' : ''}`,
    description: line.at('DetectorDescription').text(2_000),
    remediation:
      'Revoke the secret, then remove it from the file and its history',
    severity: severityOf(line),
    sourceSeverity: isVerified ? 'verified' : 'unverified',
    cves: [],
    cwes: ['CWE-798'],
    occurrences: [
      {
        target,
        location: path ? { path, startLine } : undefined,
        // A line in a commit never moves; without a commit, the order
        // distinguishes results.
        fingerprint: commit && JSON.stringify([commit, startLine]),
      },
    ],
    links: [],
  };
}

/** An unverified secret may work. */
function severityOf(line: JsonReader): Severity {
  if (line.at('Verified').boolean() === true) return 'critical';
  return line.at('VerificationError').text() ? 'high' : 'medium';
}

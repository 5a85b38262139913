import type {
  Finding,
  FindingLocation,
  FindingOccurrence,
  Severity,
} from '@cloudtrace/plugin-cloudtrace-common';
import { InputError } from '@backstage/errors';
import { sarifLimits } from '../importers/limits';
import { severityOfScore } from '../importers/severity';
import { bodyLimits } from '../worker/decodeScan';

const levels: Record<Severity, string> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'none',
};
/** Score for findings without a CVSS score: the lowest of their severity. */
const scores: Record<Severity, number> = {
  critical: 9,
  high: 7,
  medium: 4,
  low: 0.1,
  info: 0,
};

const MAX_DESCRIPTION = 8_000;
/** Size of a result without its description and locations, estimated generously. */
const RESULT_BYTES = 1_500;
/** Size of a location without its path. */
const LOCATION_BYTES = 200;

/** A finding to write, with every place where it is. */
export type ExportedFinding = Finding & {
  description?: string;
  occurrences: readonly FindingOccurrence[];
};

/**
 * Writes findings as SARIF 2.1.0, split into as many runs of one tool as the
 * import limits require, so that CloudTrace and GitHub accept the file. In very
 * large files, descriptions are shortened.
 *
 * @throws `InputError` if the file is still too large
 */
export function writeSarif(findings: readonly ExportedFinding[]): string {
  const { kept } = sarifLimits.results;
  const runs: object[] = [];
  const descriptionLength = chooseDescriptionLength(findings);
  for (let i = 0; i === 0 || i < findings.length; i += kept) {
    runs.push(toRun(findings.slice(i, i + kept), descriptionLength));
  }
  const body = JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs,
  });
  if (
    runs.length > sarifLimits.runs.most ||
    Buffer.byteLength(body) > bodyLimits.rawBytes
  ) {
    throw new InputError(
      `${findings.length} findings exceed the limit of a SARIF file; select fewer states, or export CSV`,
    );
  }
  return body;
}

/** Length at which the descriptions fit along with the rest. */
function chooseDescriptionLength(findings: readonly ExportedFinding[]): number {
  const locations = findings
    .flatMap(({ occurrences }) => occurrences)
    .reduce(
      (sum, { location }) =>
        location ? sum + LOCATION_BYTES + location.path.length : sum,
      0,
    );
  const left =
    (bodyLimits.rawBytes - locations) / Math.max(1, findings.length) -
    RESULT_BYTES;
  return Math.min(MAX_DESCRIPTION, Math.max(0, Math.floor(left / 2)));
}

function toRun(
  findings: readonly ExportedFinding[],
  descriptionLength: number,
): object {
  const ruleIds = [...new Set(findings.map(({ ruleId }) => ruleId))];
  const indexes = new Map(ruleIds.map((id, i) => [id, i]));
  return {
    tool: {
      driver: { name: 'CloudTrace', rules: ruleIds.map(id => ({ id })) },
    },
    results: findings.map(finding => ({
      ruleId: finding.ruleId,
      ruleIndex: indexes.get(finding.ruleId),
      level: levels[finding.severity],
      message: { text: toMessage(finding, descriptionLength) },
      locations: toLocations(finding.occurrences),
      fingerprints: { 'cloudtraceFindingId/v1': finding.findingId },
      baselineState: toBaselineState(finding),
      suppressions: finding.triage
        ? [
            {
              kind: 'external',
              status: 'accepted',
              justification: finding.triage.reason,
            },
          ]
        : [],
      properties: {
        'security-severity': String(toScore(finding)),
        tags: [...finding.cves, ...finding.cwes].slice(0, 20),
        state: finding.state,
        tools: finding.tools,
        package: finding.package,
      },
    })),
  };
}

/** The title is the first line; brackets would become links. */
function toMessage(finding: ExportedFinding, length: number): string {
  const { title, description = '' } = finding;
  const rest = description === title ? '' : description.slice(0, length);
  return [title, rest]
    .filter(Boolean)
    .join('\n\n')
    .replace(/[[\]]/g, '\\$&')
    .replace(/\{(\d{1,2})\}/g, '{{$1}}');
}

/** A fixed finding must not become open where the file is imported. */
function toBaselineState({ state, isNew }: Finding): string {
  if (state === 'fixed') return 'absent';
  return isNew ? 'new' : 'unchanged';
}

/** Never a score that implies another severity than the finding has. */
function toScore({ cvssScore, severity }: Finding): number {
  return cvssScore !== undefined && severityOfScore(cvssScore) === severity
    ? cvssScore
    : scores[severity];
}

/** The same place of several versions of a package is one. */
function toLocations(occurrences: readonly FindingOccurrence[]): object[] {
  const places = new Map(
    occurrences.flatMap(({ location }) =>
      location ? [[JSON.stringify(location), location]] : [],
    ),
  );
  return [...places.values()].map(toLocation);
}

function toLocation({ path, ...region }: FindingLocation): object {
  return {
    physicalLocation: {
      artifactLocation: {
        uri: path.split('/').map(encodeURIComponent).join('/'),
      },
      ...(region.startLine && { region }),
    },
  };
}

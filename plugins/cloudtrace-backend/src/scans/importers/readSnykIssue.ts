import type {
  FindingLocation,
  FindingPackage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedOccurrence,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { JsonReader } from './JsonReader';
import { titleOf } from './plainText';
import { readCves, readCwes, readGhsas } from './readIds';
import { readLink } from './readLinks';
import { readPath } from './readPath';
import { readPosition } from './SarifLocations';
import { severityOfWord } from './severity';
import { ecosystemOfIssue, packageNameOf } from './snykProjects';

/** Most places of an issue that are read. */
const MAX_PLACES = 100;
const MAX_COORDINATES = 100;
const MAX_LINKS = 5;

/**
 * Returns the findings of an issue from Snyk's REST API: one per package for a
 * vulnerability, one for any other issue, and none if the issue is resolved.
 */
export function readSnykIssue(
  issue: JsonReader,
  project: { type?: string; targetFile?: string },
): NormalizedFinding[] {
  const attributes = issue.object().at('attributes').object();
  if (attributes.at('status').text(32) === 'resolved') return [];
  const problems = attributes.at('problems').items().slice(0, 50);
  const ids = problems.flatMap(problem => problem.at('id').text(256) ?? []);
  const key = attributes.at('key').text(256);
  const snykId = [...ids, key ?? ''].find(id => /^SNYK-/.test(id));
  const coordinates = attributes
    .at('coordinates')
    .items()
    .slice(0, MAX_COORDINATES);
  const common = {
    ...readSeverity(attributes),
    ruleId: snykId ?? ids[0] ?? key ?? issue.at('id').text(256) ?? 'unknown',
    description: attributes.at('description').text(8_000),
    remediation: coordinates
      .flatMap(remediesOf)
      .map(remedy => remedy.at('description').text(2_000))
      .find(Boolean),
    cves: readCves(...ids),
    cwes: readCwes(...readClasses(attributes)),
    aliases: readGhsas(...ids),
    links: readLinks(problems, snykId),
    suppression: attributes.at('ignored').boolean()
      ? { kind: 'external' as const, reason: 'Ignored in Snyk' }
      : undefined,
  };
  const finding = {
    ...common,
    title: titleOf([attributes.at('title').raw()], common.ruleId),
  };
  const packages = readPackages(
    coordinates,
    ecosystemOfIssue(snykId, project.type),
  );
  const places =
    packages.length > 0
      ? packages
      : [readPlaces(coordinates, key, project.targetFile)];
  return places.map(occurrences => ({ ...finding, occurrences }));
}

function readSeverity(
  attributes: JsonReader,
): Pick<
  NormalizedFinding,
  'severity' | 'sourceSeverity' | 'cvssScore' | 'cvssVector'
> {
  const word = attributes.at('effective_severity_level').text(32);
  const rated = attributes
    .at('severities')
    .items()
    .find(item => item.at('score').numeric() !== undefined);
  const score = rated?.at('score').numeric();
  return {
    // Policies of the organisation may change it: it counts more than the score.
    severity: severityOfWord(word) ?? 'medium',
    sourceSeverity: word,
    cvssScore: score !== undefined && score <= 10 ? score : undefined,
    cvssVector: rated?.at('vector').text(256),
  };
}

/** CWEs are written `CWE-79` or, with a separate field for the source, `79`. */
function readClasses(attributes: JsonReader): string[] {
  return attributes
    .at('classes')
    .items()
    .flatMap(item => item.at('id').text(64) ?? [])
    .map(id => (/^\d+$/.test(id) ? `CWE-${id}` : id));
}

function readLinks(
  problems: JsonReader[],
  snykId: string | undefined,
): NormalizedFinding['links'] {
  return [
    ...(snykId && /^[\w:.-]+$/.test(snykId)
      ? readLink(`https://security.snyk.io/vuln/${snykId}`, snykId)
      : []),
    ...problems.flatMap(problem =>
      readLink(problem.at('url').raw(), problem.at('id').text(256)),
    ),
  ].slice(0, MAX_LINKS);
}

function remediesOf(coordinate: JsonReader): JsonReader[] {
  return coordinate.at('remedies').items().slice(0, 20);
}

/** Occurrences by package: each version of it is one. */
function readPackages(
  coordinates: JsonReader[],
  ecosystem: string | undefined,
): NormalizedOccurrence[][] {
  const packages = new Map<string, Map<string, FindingPackage>>();
  for (const coordinate of coordinates) {
    const fixedVersion = remediesOf(coordinate)
      .map(remedy => remedy.at('details').at('upgrade_package').text(256))
      .find(Boolean);
    for (const representation of representationsOf(coordinate)) {
      const dependency = representation.at('dependency');
      const written = dependency.at('package_name').text(256);
      if (!written) continue;
      const name = packageNameOf(written, ecosystem);
      const version = dependency.at('package_version').text(256);
      const versions = packages.get(name) ?? new Map<string, FindingPackage>();
      packages.set(name, versions);
      const known = versions.get(version ?? '');
      versions.set(version ?? '', {
        name,
        version,
        ecosystem,
        ...((known?.fixedVersion ?? fixedVersion) && {
          fixedVersion: known?.fixedVersion ?? fixedVersion,
        }),
      });
    }
  }
  return [...packages.values()].map(versions =>
    [...versions.values()].map(pkg => ({ package: pkg })),
  );
}

/** Where an issue of code or configuration is; Snyk's key stays the same when lines move. */
function readPlaces(
  coordinates: JsonReader[],
  key: string | undefined,
  targetFile: string | undefined,
): NormalizedOccurrence[] {
  const places = coordinates
    .flatMap(representationsOf)
    .flatMap(readLocation)
    .slice(0, MAX_PLACES)
    .map(location => ({ fingerprint: key, location }));
  if (places.length > 0) return places;
  const path = readPath(targetFile);
  return [{ fingerprint: key, location: path ? { path } : undefined }];
}

/** The location in source code, if the representation is one. */
function readLocation(representation: JsonReader): FindingLocation[] {
  const source = ['sourceLocation', 'source_location']
    .map(name => representation.at(name))
    .find(({ exists }) => exists);
  const path = readPath(source?.at('file').text(1_024));
  if (!source || !path) return [];
  const region = source.at('region');
  const position = (end: string, unit: string) =>
    readPosition(region.at(end).at(unit));
  return [
    {
      path,
      startLine: position('start', 'line'),
      endLine: position('end', 'line'),
      startColumn: position('start', 'column'),
      endColumn: position('end', 'column'),
    },
  ];
}

function representationsOf(coordinate: JsonReader): JsonReader[] {
  return coordinate.at('representations').items();
}

import type { FindingPackage } from '@cloudtrace/plugin-cloudtrace-common';
import { ecosystemOf } from './ecosystem';
import type { JsonReader } from './JsonReader';
import { readPurl } from './readPurl';

/** How tools name the package in a message. */
const phrases = [
  // Trivy
  /^Package: (?<name>\S{1,256})\nInstalled Version: (?<version>\S{1,256})/m,
  // Grype
  /\bin (?<ecosystem>[\w-]{1,32}) package: (?<name>\S{1,256}), version (?<version>\S{1,256}) was found/,
  // OSV-Scanner
  /\bPackage '(?<name>[^'@\s]{0,1}[^'@\s]{1,255})@(?<version>[^'\s]{1,256})' is vulnerable/,
  // Snyk
  /\bintroduces a vulnerable (?<name>\S{1,256}) package\b/,
];
const purl = /\bpkg:[a-z0-9.+-]{1,32}\/[^\s"'<>)\],]{1,512}/i;
const fixedVersion = /^Fixed Version: (\S{1,256})/m;

/** Lock files and manifests, by the purl type of their packages. */
const lockFiles: Array<[RegExp, string]> = [
  [/(^|\/)(package(-lock)?|npm-shrinkwrap)\.json$/, 'npm'],
  [/(^|\/)(yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/, 'npm'],
  [
    /(^|\/)(requirements[\w.-]*\.txt|poetry\.lock|Pipfile(\.lock)?|uv\.lock|pyproject\.toml)$/,
    'pypi',
  ],
  [/(^|\/)(pom\.xml|gradle\.lockfile|build\.gradle(\.kts)?)$|\.jar$/, 'maven'],
  [/(^|\/)go\.(mod|sum)$/, 'golang'],
  [/(^|\/)Gemfile(\.lock)?$/, 'gem'],
  [/(^|\/)composer\.(lock|json)$/, 'composer'],
  [/(^|\/)Cargo\.(lock|toml)$/, 'cargo'],
  [/(^|\/)packages\.lock\.json$|\.(csproj|deps\.json)$/, 'nuget'],
];

/**
 * Returns the package of a vulnerability result, which joins it with results in
 * other formats. Requires the ecosystem: the same name is a different package
 * elsewhere.
 */
export function readSarifPackage(options: {
  result: JsonReader;
  message: string | undefined;
  paths: string[];
}): FindingPackage | undefined {
  const { result, message = '', paths } = options;
  const properties = result.at('properties');
  const said =
    readStructure(properties.at('package')) ??
    readPurl(
      properties.at('purl').raw() ??
        properties.at('packageUrl').raw() ??
        purl.exec(message)?.[0],
    ) ??
    readPhrase(message);
  if (!said) return undefined;
  const ecosystem = ecosystemOf(said.ecosystem) ?? ecosystemOfFile(paths);
  const fixed = said.fixedVersion ?? fixedVersion.exec(message)?.[1];
  return ecosystem
    ? { ...said, ecosystem, ...(fixed && { fixedVersion: fixed }) }
    : undefined;
}

function readStructure(value: JsonReader): FindingPackage | undefined {
  const name = value.at('name').text(256);
  if (!name) return readPurl(value.at('purl').raw());
  return {
    name,
    version: value.at('version').text(256),
    ecosystem: value.at('ecosystem').text(64),
    fixedVersion: value.at('fixedVersion').text(256),
  };
}

function readPhrase(message: string): FindingPackage | undefined {
  for (const phrase of phrases) {
    const { name, version, ecosystem } = phrase.exec(message)?.groups ?? {};
    if (name) return { name, version, ecosystem };
  }
  return undefined;
}

function ecosystemOfFile(paths: string[]): string | undefined {
  for (const path of paths) {
    const found = lockFiles.find(([pattern]) => pattern.test(path));
    if (found) return found[1];
  }
  return undefined;
}

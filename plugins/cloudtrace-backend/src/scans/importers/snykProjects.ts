import { ecosystemOf } from './ecosystem';

const containerTypes = ['deb', 'apk', 'rpm', 'linux', 'dockerfile'];
const packageSystems = ['deb', 'apk', 'rpm'];

/** The Snyk product for a project type, with the same name as in the command line. */
export function toolOfProject(type: string): string {
  const name = type.toLowerCase();
  if (name === 'sast') return 'Snyk Code';
  if (containerTypes.includes(name)) return 'Snyk Container';
  return /config$|^terraform|^cloudformation|^arm$/.test(name)
    ? 'Snyk IaC'
    : 'Snyk Open Source';
}

/** Prefixes of the middle part of Snyk's ids, such as `SNYK-DEBIAN11-GIT-1`. */
const ecosystems: Array<[RegExp, string]> = [
  [/^JS$/, 'npm'],
  [/^JAVA$/, 'maven'],
  [/^PYTHON$/, 'pypi'],
  [/^GOLANG$/, 'golang'],
  [/^DOTNET$/, 'nuget'],
  [/^PHP$/, 'composer'],
  [/^RUBY$/, 'gem'],
  [/^RUST$/, 'cargo'],
  [/^(DEBIAN|UBUNTU)/, 'deb'],
  [/^(ALPINE|WOLFI|CHAINGUARD)/, 'apk'],
  [/^(RHEL|CENTOS|AMZN|ORACLE|ROCKY|ALMA|SLES)/, 'rpm'],
];

/** The purl type of a package: from the vulnerability's id, otherwise from the project's type. */
export function ecosystemOfIssue(
  snykId: string | undefined,
  projectType: string | undefined,
): string | undefined {
  const part = snykId?.split('-')[1] ?? '';
  return (
    ecosystems.find(([pattern]) => pattern.test(part))?.[1] ??
    ecosystemOf(projectType)
  );
}

/** The common name of a package: Snyk writes `source/binary` for system packages. */
export function packageNameOf(
  name: string,
  ecosystem: string | undefined,
): string {
  return ecosystem && packageSystems.includes(ecosystem)
    ? name.split('/')[0]
    : name;
}

const names: Record<string, string> = {
  npm: 'npm',
  'node-pkg': 'npm',
  yarn: 'npm',
  pnpm: 'npm',
  pip: 'pypi',
  pypi: 'pypi',
  'python-pkg': 'pypi',
  poetry: 'pypi',
  pipenv: 'pypi',
  uv: 'pypi',
  maven: 'maven',
  jar: 'maven',
  pom: 'maven',
  gradle: 'maven',
  gomod: 'golang',
  gomodules: 'golang',
  golangmodules: 'golang',
  gobinary: 'golang',
  golang: 'golang',
  bundler: 'gem',
  gemspec: 'gem',
  rubygems: 'gem',
  gem: 'gem',
  composer: 'composer',
  cargo: 'cargo',
  rustbinary: 'cargo',
  nuget: 'nuget',
  'dotnet-core': 'nuget',
  debian: 'deb',
  ubuntu: 'deb',
  deb: 'deb',
  alpine: 'apk',
  apk: 'apk',
  redhat: 'rpm',
  centos: 'rpm',
  rocky: 'rpm',
  alma: 'rpm',
  amazon: 'rpm',
  oracle: 'rpm',
  rpm: 'rpm',
};

/** The purl type of what tools call a package manager or an operating system. */
export function ecosystemOf(name: string | undefined): string | undefined {
  const key = name?.trim().toLowerCase();
  if (!key) return undefined;
  return Object.prototype.hasOwnProperty.call(names, key) ? names[key] : key;
}

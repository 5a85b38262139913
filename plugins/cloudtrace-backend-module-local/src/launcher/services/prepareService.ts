import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from './runProgram';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Where a prepared service runs. */
export interface PreparedService {
  /** Folder with `dist/main.js`. */
  directory: string;
}

/**
 * Prepares a service to run.
 *
 * @remarks Builds a starter of the template in place, because its dependencies
 * are installed already. Clones anything else from its git
 * repository into the fleet's folder, installs it from its lock file without
 * running install scripts, and builds it there. Repeats nothing for the same
 * state.
 */
export async function prepareService(options: {
  name: string;
  source: string;
  /** Folder for clones. */
  workDirectory: string;
  /** Folders whose services are built in place. */
  inPlaceBelow: string;
  signal: AbortSignal;
  onProgress: (message: string) => void;
}): Promise<PreparedService> {
  const { source, signal, onProgress } = options;
  if (isBelow(source, options.inPlaceBelow)) {
    await build(source, { signal, onProgress, install: false });
    return { directory: source };
  }
  const directory = join(options.workDirectory, options.name, 'source');
  onProgress(`cloning ${source}`);
  await checkOut(source, directory, signal);
  await build(directory, { signal, onProgress, install: true });
  return { directory };
}

/** Updates a clone to the source's default branch; files outside git (node_modules, dist) stay. */
async function checkOut(
  source: string,
  directory: string,
  signal: AbortSignal,
) {
  if (!existsSync(join(directory, '.git'))) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(dirname(directory), { recursive: true });
    await runProgram('git', ['clone', '--quiet', source, directory], {
      cwd: dirname(directory),
      signal,
    });
    return;
  }
  const git = (...args: string[]) =>
    runProgram('git', args, { cwd: directory, signal });
  await git('remote', 'set-url', 'origin', source);
  await git('fetch', '--quiet', 'origin', 'HEAD');
  await git('reset', '--quiet', '--hard', 'FETCH_HEAD');
}

async function build(
  directory: string,
  options: {
    signal: AbortSignal;
    onProgress: (message: string) => void;
    install: boolean;
  },
) {
  const { signal, onProgress, install } = options;
  if (!existsSync(join(directory, 'package.json'))) {
    throw new Error(`${directory} has no package.json, so it is not a service`);
  }
  const lockFile = join(directory, 'package-lock.json');
  const installStamp = join(directory, 'node_modules/.cloudtrace-installed');
  if (install && !isCurrent(installStamp, digestOf([lockFile]))) {
    if (!existsSync(lockFile)) {
      throw new Error(
        `${directory} has no package-lock.json: run "npm install" there and commit the file`,
      );
    }
    onProgress('installing its dependencies (npm ci)');
    // The build needs the development dependencies.
    await runProgram(
      npm,
      [
        'ci',
        '--ignore-scripts',
        '--include=dev',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        '--prefer-offline',
      ],
      { cwd: directory, signal },
    );
    // A service without dependencies has no such folder.
    mkdirSync(dirname(installStamp), { recursive: true });
    writeFileSync(installStamp, digestOf([lockFile]));
  }
  const buildStamp = join(directory, 'dist/.cloudtrace-built');
  const sources = () =>
    digestOf([
      lockFile,
      join(directory, 'package.json'),
      ...filesBelow(join(directory, 'src')),
    ]);
  if (
    isCurrent(buildStamp, sources()) &&
    existsSync(join(directory, 'dist/main.js'))
  ) {
    return;
  }
  onProgress('building it (npm run build)');
  await runProgram(npm, ['run', '--silent', 'build'], {
    cwd: directory,
    signal,
  });
  if (!existsSync(join(directory, 'dist/main.js'))) {
    throw new Error(`The build in ${directory} produced no dist/main.js`);
  }
  writeFileSync(buildStamp, sources());
}

function isBelow(path: string, parent: string) {
  return path === parent || path.startsWith(`${parent}/`);
}

function isCurrent(stamp: string, digest: string) {
  try {
    return readFileSync(stamp, 'utf8') === digest;
  } catch {
    return false;
  }
}

function digestOf(paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(path).update('\0');
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(name => join(directory, name))
    .filter(path => statSync(path).isFile())
    .sort();
}

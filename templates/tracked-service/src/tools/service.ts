import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rootDirectory } from '../paths';
import { problemsOf, runTool } from './runTool';

const CACHE = join(rootDirectory, '.local/template-node-modules');

/** Builds and checks the service of a rendered repository as its own scripts do; packages are installed once per lock file. */
export function checkService(directory: string): string[] {
  const installed = linkPackages(directory);
  if (installed.length > 0) {
    return installed;
  }
  return ['typecheck', 'lint', 'build', 'test'].flatMap(script =>
    problemsOf(
      `npm run ${script}`,
      runTool('npm', ['run', '--silent', script], {
        cwd: directory,
        env: { CI: 'true' },
      }),
    ),
  );
}

/** Gives a repository its node_modules: the ones that `npm ci` installed for the same lock file before, or new ones. */
export function linkPackages(directory: string): string[] {
  const lock = JSON.parse(
    readFileSync(join(directory, 'package-lock.json'), 'utf8'),
  );
  // The name of the service is in the lock file, but makes no difference.
  delete lock.name;
  delete lock.packages[''].name;
  const key = createHash('sha1').update(JSON.stringify(lock)).digest('hex');
  const cached = join(CACHE, key, 'node_modules');
  if (!existsSync(cached)) {
    const problems = install(directory, join(CACHE, key));
    if (problems.length > 0) {
      return problems;
    }
  }
  symlinkSync(cached, join(directory, 'node_modules'));
  return [];
}

function install(directory: string, target: string): string[] {
  const staging = `${target}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(join(directory, file), join(staging, file));
  }
  const problems = problemsOf(
    'npm ci',
    runTool('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: staging,
    }),
  );
  if (problems.length === 0) {
    rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
  }
  return problems;
}

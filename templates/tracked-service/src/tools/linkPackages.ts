import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { rootDirectory } from '../paths';
import { replaceLink } from './replaceLink';
import { problemsOf, runTool } from './runTool';

const CACHE = join(rootDirectory, '.local/template-node-modules');

const installing = new Map<string, Promise<string[]>>();

/**
 * Provides the node_modules of a repository: those that `npm ci` installed earlier for the same lock file, or new ones.
 */
export async function linkPackages(directory: string): Promise<string[]> {
  const lock = JSON.parse(
    readFileSync(join(directory, 'package-lock.json'), 'utf8'),
  );
  // The name of the service is in the lock file, but makes no difference.
  delete lock.name;
  delete lock.packages[''].name;
  const key = createHash('sha1').update(JSON.stringify(lock)).digest('hex');
  const cached = join(CACHE, key, 'node_modules');
  if (!existsSync(cached)) {
    const running = installing.get(key) ?? install(directory, join(CACHE, key));
    installing.set(key, running);
    const problems = await running;
    if (problems.length > 0) {
      return problems;
    }
  }
  const link = join(directory, 'node_modules');
  if (!existsSync(link) || realpathSync(link) !== realpathSync(cached)) {
    replaceLink(link, cached);
  }
  return [];
}

async function install(directory: string, target: string): Promise<string[]> {
  const staging = `${target}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(join(directory, file), join(staging, file));
  }
  const problems = await problemsOf(
    'npm ci',
    runTool('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: staging,
    }),
  );
  if (problems.length === 0) {
    try {
      renameSync(staging, target);
    } catch (error) {
      rmSync(staging, { recursive: true, force: true });
      // Another process was faster, and something may already use its packages.
      if (!existsSync(join(target, 'node_modules'))) throw error;
    }
  }
  return problems;
}

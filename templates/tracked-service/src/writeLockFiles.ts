import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { starters, trackedService } from '../options';
import { templateDirectory } from './paths';
import { problemsOf, runTool } from './tools/runTool';

type Dependencies = Record<string, string>;
interface Manifest {
  dependencies?: Dependencies;
  devDependencies?: Dependencies;
}

/** A starter and some of the optional parts that have dependencies. */
export interface LockedSet {
  starter: string;
  parts: readonly string[];
}

/** Every starter, with all parts that it has code for. */
export function readStarters(): LockedSet[] {
  return Object.entries(starters).map(([starter, { lockedParts }]) => ({
    starter,
    parts: lockedParts,
  }));
}

/** The lock file of a starter: its layer copies it to the root of the repository, and `cloudtrace:compose` prunes it. */
export function lockFileOf(starter: string): string {
  return join(templateDirectory, 'locks', starter, 'package-lock.json');
}

/** Writes the lock file of each starter, with the dependencies of all of its parts. */
export async function writeLockFiles(): Promise<void> {
  for (const set of readStarters()) {
    const path = lockFileOf(set.starter);
    const lock = await resolve(manifestOf(set), path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lock);
    console.log(relative(templateDirectory, path));
  }
}

/** The dependencies of a starter with a set of parts, as `cloudtrace:compose` merges them. */
export function manifestOf({ starter, parts }: LockedSet): Manifest {
  const core = readManifest(join(templateDirectory, 'core/package.json'));
  const added = [
    ...partsOf(starter),
    ...parts.map(part => `${folderOf(part)}/.cloudtrace/parts/${part}`),
  ].map(folder =>
    readManifest(join(templateDirectory, folder, 'package.part.json')),
  );
  const all = [core, ...added];
  return {
    dependencies: merge(all.map(({ dependencies }) => dependencies)),
    devDependencies: merge(all.map(({ devDependencies }) => devDependencies)),
  };
}

/** The parts that the starter adds, whatever the other answers are. */
function partsOf(starter: string): string[] {
  return trackedService.layers
    .filter(({ when }) => isDeepStrictEqual(when, { starter: [starter] }))
    .map(({ source }) => `${source}/.cloudtrace/parts`)
    .filter(folder => existsSync(join(templateDirectory, folder)))
    .flatMap(folder =>
      readdirSync(join(templateDirectory, folder)).map(
        part => `${folder}/${part}`,
      ),
    );
}

function folderOf(part: string): string {
  const common = `features/${part}/common`;
  return existsSync(join(templateDirectory, common))
    ? common
    : `features/${part}`;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function merge(list: (Dependencies | undefined)[]): Dependencies {
  const entries = list.flatMap(dependencies =>
    Object.entries(dependencies ?? {}),
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function resolve(manifest: Manifest, known: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-lock-'));
  try {
    const content = {
      name: 'service',
      version: '0.1.0',
      license: 'Apache-2.0',
    };
    const { engines } = readManifest(
      join(templateDirectory, 'core/package.json'),
    ) as { engines?: unknown };
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ ...content, ...manifest, engines }),
    );
    if (existsSync(known)) {
      cpSync(known, join(folder, 'package-lock.json'));
    }
    const problems = await problemsOf(
      'npm install --package-lock-only',
      runTool(
        'npm',
        [
          'install',
          '--package-lock-only',
          '--ignore-scripts',
          '--no-audit',
          '--no-fund',
          '--prefer-offline',
          // The generated repository may use another registry.
          '--omit-lockfile-registry-resolved',
        ],
        { cwd: folder },
      ),
    );
    if (problems.length > 0) {
      throw new Error(problems.join('\n'));
    }
    return readFileSync(join(folder, 'package-lock.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

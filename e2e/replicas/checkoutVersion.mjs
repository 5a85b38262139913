import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { rootDir } from '../../scripts/lib/paths.mjs';

const MIGRATIONS = 'plugins/cloudtrace-backend/migrations';
const git = (...args) =>
  execFileSync('git', args, { cwd: rootDir, encoding: 'utf8' }).trim();

/** The commit before the newest migration. */
export function commitBeforeNewestMigration() {
  const newest = git(
    'log',
    '-1',
    '--format=%H',
    '--diff-filter=A',
    '--',
    MIGRATIONS,
  );
  return git('rev-parse', `${newest}^`);
}

/**
 * Checks out a commit beside this checkout, with the same dependencies.
 *
 * @returns its folder, whether it starts on the schema of a newer version, and
 * a function that deletes it
 */
export function checkoutVersion(commit) {
  // Hard links work only within a file system.
  const folder = mkdtempSync(
    join(dirname(rootDir.replace(/\/$/, '')), 'cloudtrace-version-'),
  );
  const remove = () => {
    if (!existsSync(folder)) return;
    git('worktree', 'remove', '--force', folder);
    rmSync(folder, { recursive: true, force: true });
  };
  // Also when the script is interrupted.
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => process.exit(1));
  }
  git('worktree', 'add', '--quiet', '--detach', '--force', folder, commit);
  // Copied as links, so that the packages of the repository are those of the commit.
  execFileSync('cp', [
    '-al',
    join(rootDir, 'node_modules'),
    join(folder, 'node_modules'),
  ]);
  for (const name of git(
    'ls-tree',
    '-d',
    '--name-only',
    commit,
    'plugins/',
    'packages/',
  ).split('\n')) {
    const own = join(rootDir, name, 'node_modules');
    if (existsSync(own)) {
      execFileSync('cp', ['-al', own, join(folder, name, 'node_modules')]);
    }
  }
  const frontend = 'packages/app/dist';
  symlinkSync(join(rootDir, frontend), join(folder, frontend));
  const startsOnNewerSchema = readFileSync(
    join(folder, MIGRATIONS, '../src/database/migrations.ts'),
    'utf8',
  ).includes('disableMigrationsListValidation');
  return { folder, startsOnNewerSchema, remove };
}

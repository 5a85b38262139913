import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { templateDirectory } from './paths';

/** A file of the template in the format of the scaffolder's dry run. */
export interface TemplateFile {
  path: string;
  base64Content: string;
  executable: boolean;
}

/**
 * Returns the files of the template that layers can contain: those that are tracked by git or not ignored, so that
 * build output of a working copy is excluded.
 */
export function readTemplateFiles(
  directory: string = templateDirectory,
): TemplateFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '.'],
    { cwd: directory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return listed
    .split('\0')
    .filter(path =>
      /^(?:compute|core|starters|locks|infra|ci|features)\/|^options\.generated\.json$/.test(
        path,
      ),
    )
    .map(path => ({ path, full: join(directory, path) }))
    .filter(({ full }) => existsSync(full) && isOwnFile(full))
    .map(({ path, full }) => ({
      path,
      base64Content: readFileSync(full).toString('base64'),
      // eslint-disable-next-line no-bitwise
      executable: (statSync(full).mode & 0o111) !== 0,
    }));
}

// A worktree may link node_modules of another one: Git then lists the link, because `node_modules/` ignores folders.
function isOwnFile(path: string): boolean {
  return !lstatSync(path).isSymbolicLink() || statSync(path).isFile();
}

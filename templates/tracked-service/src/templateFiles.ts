import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { templateDirectory } from './paths';

/** A file of the template, as the scaffolder's dry run takes it. */
export interface TemplateFile {
  path: string;
  base64Content: string;
  executable: boolean;
}

/**
 * The files of the template that a layer may be made of: those that git has or would take, so that build output of a working copy stays out.
 */
export function readTemplateFiles(): TemplateFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '.'],
    { cwd: templateDirectory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return listed
    .split('\0')
    .filter(path =>
      /^(base|infra|ci|features)\/|^options\.generated\.json$/.test(path),
    )
    .map(path => ({ path, full: join(templateDirectory, path) }))
    .filter(({ full }) => existsSync(full))
    .map(({ path, full }) => ({
      path,
      base64Content: readFileSync(full).toString('base64'),
      // eslint-disable-next-line no-bitwise
      executable: (statSync(full).mode & 0o111) !== 0,
    }));
}

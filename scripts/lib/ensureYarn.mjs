import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rootDir, toolsDir } from './paths.mjs';

const run = promisify(execFile);

/** The Yarn version that package.json pins, e.g. `4.18.1`. */
export function pinnedYarnVersion() {
  const { packageManager } = JSON.parse(
    readFileSync(join(rootDir, 'package.json'), 'utf8'),
  );
  return packageManager.replace(/^yarn@/, '');
}

/**
 * Installs the pinned Yarn under .local/tools if it is missing, and returns the
 * path of its script.
 */
export async function ensureYarn() {
  const version = pinnedYarnVersion();
  const dir = join(toolsDir, `yarn-${version}`);
  const script = join(dir, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  if (!existsSync(script)) {
    mkdirSync(dir, { recursive: true });
    await run(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      [
        'install',
        '--prefix',
        dir,
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        `@yarnpkg/cli-dist@${version}`,
      ],
      { cwd: dir, shell: process.platform === 'win32' },
    );
  }
  return script;
}

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../../scripts/lib/paths.mjs';

/** Builds the frontend that the backends serve, unless `packages/app/dist` exists. */
export function buildFrontend() {
  if (existsSync(join(rootDir, 'packages/app/dist/index.html'))) {
    console.log(
      'Uses the frontend in packages/app/dist; delete it to build it again.',
    );
    return;
  }
  execFileSync(
    process.execPath,
    [join(rootDir, 'scripts/yarn.mjs'), 'workspace', 'app', 'build'],
    { cwd: rootDir, stdio: 'inherit' },
  );
}

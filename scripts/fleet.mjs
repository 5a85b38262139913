#!/usr/bin/env node
// The command line of the local fleet. The transform of Backstage's CLI
// compiles its TypeScript on the fly, as for the backend in development, so no
// build is needed.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localDir, rootDir } from './lib/paths.mjs';

const require = createRequire(import.meta.url);
let transform;
try {
  transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
} catch {
  console.error(
    'The dependencies are not installed. Run "npm run dev", which installs them and starts the portal with the local fleet.',
  );
  process.exit(1);
}
require(transform);
const { main } = require(join(
  rootDir,
  'plugins/cloudtrace-backend-module-local/src/cli/main.ts',
));

/** In a process of its own, because the template's tool loads a backend. */
async function renderStarter(starter) {
  const tool = join(rootDir, 'templates/tracked-service/src/cli.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', transform, tool, 'starter', starter],
    { cwd: rootDir },
  );
  return stdout.trim().split('\n').at(-1);
}

process.exit(
  await main(process.argv.slice(2), {
    repositoryRoot: rootDir.replace(/\/$/, ''),
    defaultDirectory: join(localDir, 'fleet'),
    renderStarter,
  }),
);

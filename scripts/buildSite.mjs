#!/usr/bin/env node
// `yarn docs:site`: renders docs/ with MkDocs and the plugin of TechDocs into
// .local/site. Fails on a link or an anchor that the site does not have.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './dev/UserError.mjs';
import { localDir, toolsDir } from './lib/paths.mjs';
import { runQuietly } from './lib/runQuietly.mjs';

const TECHDOCS = 'mkdocs-techdocs-core==1.7.1';

async function main() {
  const venv = join(toolsDir, TECHDOCS.replace('==', '-'));
  const mkdocs = join(venv, 'bin/mkdocs');
  if (!existsSync(mkdocs)) {
    await runQuietly('Creating a Python environment', 'python3', [
      '-m',
      'venv',
      venv,
    ]);
    await runQuietly(`Installing ${TECHDOCS}`, join(venv, 'bin/pip'), [
      'install',
      '--quiet',
      TECHDOCS,
    ]);
  }
  const site = join(localDir, 'site');
  const args = ['build', '--strict', '--site-dir', site];
  await runQuietly('Rendering docs/', mkdocs, args);
  console.log(`Open ${join(site, 'index.html')}`);
}

main().catch(error => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});

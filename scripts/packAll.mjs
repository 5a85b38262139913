#!/usr/bin/env node
// `npm run pack:all`: builds every published package and packs it for its users
// into dist-packages/, together with the template and the lines for a portal's
// package.json.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { install, isInstalled } from './dev/install.mjs';
import { checkNode } from './dev/preflight.mjs';
import { UserError } from './dev/UserError.mjs';
import { rootDir } from './lib/paths.mjs';
import { packPackages } from './pack/packPackages.mjs';
import { packTemplate } from './pack/packTemplate.mjs';

const USAGE = `Builds and packs every published package into dist-packages/.

Usage: npm run pack:all`;

const outDir = join(rootDir, 'dist-packages');

async function main() {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return;
  }
  checkNode();
  if (!isInstalled()) {
    console.log('Installing dependencies …');
    await install();
  }
  const packages = await packPackages(outDir);
  await packTemplate(outDir);

  const resolutions = Object.fromEntries(
    packages.map(({ name, tarball }) => [
      name,
      `file:./vendor/cloudtrace/${basename(tarball)}`,
    ]),
  );
  const lines = JSON.stringify({ resolutions }, null, 2);
  writeFileSync(join(outDir, 'resolutions.json'), `${lines}\n`);
  console.log(`
${readdirSync(outDir)
  .map(file => `  dist-packages/${file}`)
  .join('\n')}

Publish the tarballs to your own registry (npm run release:publish -- --registry <url>). Or copy
them to vendor/cloudtrace of your portal, and add this to its root package.json (docs/install.md):

${lines}`);
}

main().catch(error => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});

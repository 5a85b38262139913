#!/usr/bin/env node
// `npm run pack:all`: builds every published package and packs it for its users
// into dist-packages/, together with the template and the lines for a portal's
// package.json.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, isInstalled } from './dev/install.mjs';
import { checkNode } from './dev/preflight.mjs';
import { UserError } from './dev/UserError.mjs';
import { ensureYarn } from './lib/ensureYarn.mjs';
import { rootDir } from './lib/paths.mjs';
import { packTemplate } from './pack/packTemplate.mjs';
import { publishedPackages } from './pack/publishedPackages.mjs';
import { tarballName } from './pack/tarballName.mjs';

const USAGE = `Builds and packs every published package into dist-packages/.

Usage: npm run pack:all`;

const outDir = join(rootDir, 'dist-packages');

async function run(title, ...args) {
  console.log(`${title} …`);
  const output = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: rootDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    throw new UserError(
      `${title} failed:\n${Buffer.concat(output).toString().trim()}`,
    );
  }
}

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
  const yarn = await ensureYarn();
  const cli = 'node_modules/@backstage/cli/bin/backstage-cli';
  await run(
    'Building type declarations',
    'node_modules/typescript-native/bin/tsc',
  );
  await run('Building', cli, 'repo', 'build');

  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const packages = publishedPackages();
  for (const { name, version } of packages) {
    const file = join(outDir, tarballName(name, version));
    await run(`Packing ${name}`, yarn, 'workspace', name, 'pack', '-o', file);
  }
  await packTemplate(outDir);

  const resolutions = Object.fromEntries(
    packages.map(({ name, version }) => [
      name,
      `file:./vendor/cloudtrace/${tarballName(name, version)}`,
    ]),
  );
  const lines = JSON.stringify({ resolutions }, null, 2);
  writeFileSync(join(outDir, 'resolutions.json'), `${lines}\n`);
  console.log(`
${readdirSync(outDir)
  .map(file => `  dist-packages/${file}`)
  .join('\n')}

Copy the tarballs to vendor/cloudtrace of your portal, and add this to its root package.json (README.md, "Install into your Backstage"):

${lines}`);
}

main().catch(error => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});

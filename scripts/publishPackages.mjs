#!/usr/bin/env node
// `npm run release:publish`: publishes the tarballs of `npm run pack:all` to a
// registry. Unknown options go to npm, such as --registry and --otp.
import { join } from 'node:path';
import { UserError } from './dev/UserError.mjs';
import { rootDir } from './lib/paths.mjs';
import { publishedPackages } from './pack/publishedPackages.mjs';
import { publishTarballs } from './pack/publishTarballs.mjs';
import { tarballName } from './pack/tarballName.mjs';

const USAGE = `Publishes the tarballs in dist-packages/ that the registry does not have.

Usage: npm run release:publish -- [--dry-run] [options of npm publish]`;

async function main() {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const packages = publishedPackages().map(manifest => ({
    ...manifest,
    tarball: join(
      rootDir,
      'dist-packages',
      tarballName(manifest.name, manifest.version),
    ),
  }));
  await publishTarballs(packages, {
    dryRun: args.includes('--dry-run'),
    npmArgs: args.filter(arg => arg !== '--dry-run'),
  });
}

main().catch(error => {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
});

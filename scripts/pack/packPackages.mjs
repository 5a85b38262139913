import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureYarn } from '../lib/ensureYarn.mjs';
import { runQuietly } from '../lib/runQuietly.mjs';
import { publishedPackages } from './publishedPackages.mjs';
import { tarballName } from './tarballName.mjs';

/**
 * Builds every published package and packs it into a folder, which it empties
 * first. Yarn replaces `workspace:` ranges by those of the registry.
 *
 * @returns the packages, each with the path of its `tarball`
 */
export async function packPackages(outDir) {
  const node = (title, ...args) => runQuietly(title, process.execPath, args);
  const yarn = await ensureYarn();
  const cli = 'node_modules/@backstage/cli/bin/backstage-cli';
  await node(
    'Building type declarations',
    'node_modules/typescript-native/bin/tsc',
  );
  await node('Building', cli, 'repo', 'build');

  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const packages = publishedPackages().map(manifest => ({
    ...manifest,
    tarball: join(outDir, tarballName(manifest.name, manifest.version)),
  }));
  for (const { name, tarball } of packages) {
    await node(
      `Packing ${name}`,
      yarn,
      'workspace',
      name,
      'pack',
      '-o',
      tarball,
    );
  }
  return packages;
}

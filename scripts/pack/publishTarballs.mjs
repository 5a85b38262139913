import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../dev/UserError.mjs';

const run = promisify(execFile);

/** Packages before those that depend on them, so that a registry never has half of a release. */
export function inOrderOfDependencies(packages) {
  const byName = new Map(packages.map(item => [item.name, item]));
  const ordered = new Set();
  const add = item => {
    for (const name of Object.keys(item.dependencies ?? {})) {
      if (byName.has(name)) add(byName.get(name));
    }
    ordered.add(item);
  };
  packages.forEach(add);
  return [...ordered];
}

async function isPublished({ name, version }, npmArgs) {
  try {
    const { stdout } = await run('npm', [
      'view',
      `${name}@${version}`,
      'version',
      ...npmArgs,
    ]);
    return stdout.trim() !== '';
  } catch (error) {
    if (`${error.stderr}`.includes('E404')) return false;
    throw error;
  }
}

/**
 * Publishes tarballs with npm, and skips versions that the registry has: a
 * release that failed half-way can run again. With `NPM_CONFIG_PROVENANCE=true`
 * on a CI that supports it, npm attests where and from what they were built.
 *
 * @param packages with `name`, `version`, `dependencies` and `tarball`
 * @param options.dryRun npm checks everything and uploads nothing
 * @param options.npmArgs passed to npm, such as `--registry=…`
 * @returns the names of the packages that it published
 * @throws UserError if npm fails, or corrects a mistake in a package.json
 */
export async function publishTarballs(
  packages,
  { dryRun = false, npmArgs = [] } = {},
) {
  const published = [];
  for (const item of inOrderOfDependencies(packages)) {
    const { name, version, tarball } = item;
    if (!existsSync(tarball)) {
      throw new UserError(`${tarball} is missing: run "npm run pack:all".`);
    }
    if (!dryRun && (await isPublished(item, npmArgs))) {
      console.log(`${name}@${version} is published already.`);
      continue;
    }
    let stderr;
    try {
      ({ stderr } = await run('npm', [
        'publish',
        tarball,
        '--access=public',
        ...(dryRun ? ['--dry-run'] : []),
        ...npmArgs,
      ]));
    } catch (error) {
      throw new UserError(
        `npm publish ${tarball} failed:\n${`${error.stderr}`.trim()}`,
      );
    }
    if (stderr.includes('auto-corrected')) {
      throw new UserError(
        `npm corrects the package.json of ${name}; correct it yourself:\n${stderr}`,
      );
    }
    console.log(
      `${name}@${version}: ${dryRun ? 'can be published' : 'published'}`,
    );
    published.push(name);
  }
  return published;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../dev/UserError.mjs';
import { rootDir } from '../lib/paths.mjs';
import { yarnCapture } from '../lib/yarnCapture.mjs';

// The package exports nothing; Yarn loads the file.
const PLUGIN = join(
  rootDir,
  'node_modules/@cyclonedx/yarn-plugin-cyclonedx/yarn-plugin-cyclonedx.cjs',
);

/**
 * Writes the bill of materials of a published package in CycloneDX: its
 * production dependencies, as the lock file of this repository resolves them.
 *
 * @returns the document
 * @throws UserError with Yarn's output if it fails
 */
export async function writeSbom({ folder, directory }, outDir) {
  const file = join(outDir, `${folder}.cdx.json`);
  const { code, stdout, stderr } = await yarnCapture(
    ['cyclonedx', '--prod', '--output-reproducible', '-o', file],
    { cwd: directory, env: { ...process.env, YARN_PLUGINS: PLUGIN } },
  );
  if (code !== 0) {
    throw new UserError(
      `No bill of materials for ${folder}:\n${stdout}${stderr}`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

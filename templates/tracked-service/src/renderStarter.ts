import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ActionsRenderer } from './ActionsRenderer';
import { rootDirectory, templateDirectory } from './paths';
import type { Rendering } from './Scaffolder';
import { linkPackages } from './tools/linkPackages';
import { replaceLink } from './tools/replaceLink';

/** Results of work in the folder, which stay. */
const KEPT = new Set(['node_modules', 'dist', 'coverage', 'reports']);

/**
 * Renders a starter's default repository into its folder below `.local/starters` and links its packages, so that it can
 * be tested and run there. Writes only what changed, so that nothing is built twice.
 *
 * @returns the folder
 */
export async function renderStarter(starter: string): Promise<string> {
  const directory = join(rootDirectory, '.local/starters', starter);
  const renderer = await ActionsRenderer.start();
  try {
    const answers = {
      name: starter,
      owner: 'group:default/platform',
      description: `The starter "${starter}" with the defaults of every option`,
      starter,
    };
    updateFolder(directory, await renderer.render(answers));
  } finally {
    await renderer.stop();
  }
  const problems = await linkPackages(directory);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  linkForEditors(directory);
  return directory;
}

/** So that editors, and tsc with starters/tsconfig.json, find the packages of the template's own files. */
function linkForEditors(directory: string): void {
  for (const folder of ['core', 'features', 'starters']) {
    replaceLink(
      join(templateDirectory, folder, 'node_modules'),
      join(directory, 'node_modules'),
    );
  }
}

function updateFolder(directory: string, rendering: Rendering): void {
  mkdirSync(directory, { recursive: true });
  for (const path of filesBelow(directory, '')) {
    if (!rendering.has(path)) {
      rmSync(join(directory, path));
    }
  }
  for (const [path, { content, executable }] of rendering) {
    const file = join(directory, path);
    if (!existsSync(file) || !readFileSync(file).equals(content)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: executable ? 0o755 : 0o644 });
    }
  }
}

function filesBelow(directory: string, folder: string): string[] {
  return readdirSync(join(directory, folder), { withFileTypes: true })
    .filter(({ name }) => !KEPT.has(name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(directory, path) : [path];
    });
}

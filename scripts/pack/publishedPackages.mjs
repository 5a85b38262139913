import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../lib/paths.mjs';

/** The packages that portals install: those of `plugins/` that are not private. */
export function publishedPackages() {
  const pluginsDir = join(rootDir, 'plugins');
  return readdirSync(pluginsDir)
    .map(folder => {
      const directory = join(pluginsDir, folder);
      const manifest = JSON.parse(
        readFileSync(join(directory, 'package.json'), 'utf8'),
      );
      return { folder, directory, ...manifest };
    })
    .filter(manifest => !manifest.private);
}

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootDir } from '../lib/paths.mjs';
import { withoutLocalPublishing } from './withoutLocalPublishing.mjs';

const templateDir = join(rootDir, 'templates/tracked-service');
/** What the scaffolder reads; the rest of the folder is tools and tests. */
const parts = [
  'ci',
  'compute',
  'core',
  'features',
  'infra',
  'locks',
  'options.generated.json',
  'starters',
  'template.yaml',
  'update-template.yaml',
];

/**
 * Copies the template "Tracked service" to `tracked-service` below a folder,
 * ready to commit to a repository of the portal's owners. It copies only files
 * that git tracks, and removes publishing to repositories on the portal's own
 * disk, which is for development.
 */
export function packTemplate(outDir) {
  const target = join(outDir, 'tracked-service');
  const files = execFileSync('git', ['ls-files', '-z', '--', ...parts], {
    cwd: templateDir,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    copyFileSync(join(templateDir, file), join(target, file));
  }
  copyFileSync(join(rootDir, 'LICENSE'), join(target, 'LICENSE'));
  writeFileSync(
    join(target, 'template.yaml'),
    withoutLocalPublishing(
      readFileSync(join(templateDir, 'template.yaml'), 'utf8'),
    ),
  );
}

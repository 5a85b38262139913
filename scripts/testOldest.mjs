#!/usr/bin/env node
// `yarn test:oldest [test path …]`: compiles the frontend and runs its tests
// with the oldest supported Backstage, in a temporary copy of the checkout. The
// versions are in scripts/oldest/versions.json.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureYarn } from './lib/ensureYarn.mjs';
import { rootDir } from './lib/paths.mjs';
import { OLDEST_WORKSPACES, oldestManifest } from './oldest/oldestManifest.mjs';

const readJson = path => JSON.parse(readFileSync(join(rootDir, path), 'utf8'));
const paths = process.argv.slice(2);
const yarn = await ensureYarn();
const copy = mkdtempSync(join(tmpdir(), 'cloudtrace-oldest-'));

function run(title, args) {
  console.log(`\n=== ${title}`);
  const { status } = spawnSync(process.execPath, args, {
    cwd: copy,
    stdio: 'inherit',
    env: {
      ...process.env,
      CI: 'true',
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    },
  });
  if (status !== 0) throw new Error(`${title}: failed`);
}

try {
  // Files that are new and not yet committed count, too.
  const files = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--']
      .concat(OLDEST_WORKSPACES)
      .concat(['.yarn', '.yarnrc.yml', 'tsconfig.json', 'yarn.lock', 'eslint']),
    { cwd: rootDir, encoding: 'utf8' },
  );
  for (const file of new Set(files.split('\0').filter(Boolean))) {
    cpSync(join(rootDir, file), join(copy, file));
  }
  const manifest = oldestManifest(
    readJson('package.json'),
    readJson('scripts/oldest/versions.json'),
  );
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(join(copy, 'backstage.json'), '{ "version": "1.55.0" }\n');
  run('Install', [yarn, 'install']);
  run('TypeScript', ['node_modules/typescript-native/bin/tsc']);
  run('Tests', [
    'node_modules/@backstage/cli/bin/backstage-cli',
    ...['repo', 'test', '--watchAll=false', '--maxWorkers=2'],
    ...(paths.length > 0 ? paths : ['plugins/cloudtrace/src']),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

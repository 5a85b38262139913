import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rootDir } from '../lib/paths.mjs';
import { OLDEST_WORKSPACES, oldestManifest } from './oldestManifest.mjs';

const readJson = path => JSON.parse(readFileSync(join(rootDir, path), 'utf8'));
const versions = readJson('scripts/oldest/versions.json');

test('pins Backstage and keeps the other resolutions', () => {
  const { devDependencies, resolutions, workspaces } = oldestManifest(
    {
      workspaces: ['packages/*'],
      devDependencies: { '@backstage/cli': '^1.0.0', knip: '^6.0.0' },
      resolutions: { got: '11.8.6', '@backstage/a/@backstage/b': '^2.0.0' },
    },
    { '@backstage/b': '1.0.0' },
  );
  assert.deepEqual(workspaces, OLDEST_WORKSPACES);
  assert.deepEqual(devDependencies, { '@backstage/cli': '^1.0.0' });
  assert.deepEqual(resolutions, { got: '11.8.6', '@backstage/b': '1.0.0' });
});

test('pins the lowest version that the frontend accepts', () => {
  const { dependencies } = readJson('plugins/cloudtrace/package.json');
  const lowest = Object.entries(dependencies)
    .filter(([name]) => name.startsWith('@backstage/'))
    .map(([name, range]) => [name, /\d+\.\d+\.\d+/.exec(range)[0]]);
  assert.ok(lowest.length > 5);
  for (const [name, version] of lowest) {
    assert.equal(versions[name], version, name);
  }
});

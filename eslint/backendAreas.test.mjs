import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { backendAreas } = createRequire(import.meta.url)('./backendAreas.js');
const root = fileURLToPath(new URL('..', import.meta.url));
const testFolders = ['testUtils', 'tests'];

test('every folder of the backend is in the table, and every area in the table is a folder', () => {
  const folders = readdirSync(join(root, 'plugins/cloudtrace-backend/src'), {
    withFileTypes: true,
  })
    .filter(entry => entry.isDirectory() && !testFolders.includes(entry.name))
    .map(entry => entry.name);
  assert.deepEqual(Object.keys(backendAreas).sort(), folders.sort());
});

test('an area may import only areas above it in the table, which rules out cycles', () => {
  const above = new Set();
  for (const [area, allowed] of Object.entries(backendAreas)) {
    for (const other of allowed) {
      assert.ok(
        above.has(other),
        `${area} may import ${other}, which is below`,
      );
    }
    above.add(area);
  }
});

test('docs/architecture.md shows the same table', () => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` +\| [^|]* \| ([^|]*?) *\|$/gm)];
  assert.deepEqual(
    Object.fromEntries(
      rows.map(([, area, names]) => [
        area,
        [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
      ]),
    ),
    backendAreas,
  );
});

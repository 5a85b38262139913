import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { backendAreas } = createRequire(import.meta.url)('./backendAreas.js');
const root = fileURLToPath(new URL('..', import.meta.url));
const testFolders = ['testUtils', 'tests'];

/** Tables that belong to the area `database`. */
const SHARED_TABLES = [
  'entities',
  'instances',
  'request_environments',
  'routes',
];
/** A table that SQL or a query builder names. */
const SQL_TABLE =
  /(?:\b(?:FROM|JOIN|INTO|UPDATE|COPY) |\b(?:knex|tx)(?:<[^()]+>)?\(['"])(\w+)/g;

function isSource(file) {
  return (
    file.endsWith('.ts') &&
    !/\.test\.ts$|(^|[\\/])(tests|testUtils)[\\/]/.test(file)
  );
}

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

test('only one area names a table in SQL, unless the table is shared', () => {
  const backend = join(root, 'plugins/cloudtrace-backend');
  const tables = readdirSync(join(backend, 'migrations'))
    .map(file => readFileSync(join(backend, 'migrations', file), 'utf8'))
    .flatMap(text => [
      ...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g),
    ])
    .map(([, table]) => table);
  const users = new Map();
  const files = readdirSync(join(backend, 'src'), { recursive: true });
  for (const file of files.filter(isSource)) {
    const text = readFileSync(join(backend, 'src', file), 'utf8');
    const [area] = file.split(/[\\/]/);
    for (const [, table] of text.matchAll(SQL_TABLE)) {
      if (!tables.includes(table) || SHARED_TABLES.includes(table)) continue;
      users.set(table, (users.get(table) ?? new Set()).add(area));
    }
  }
  const shared = [...users].filter(([, areas]) => areas.size > 1);
  assert.deepEqual(
    shared.map(([table, areas]) => `${table}: ${[...areas].join(', ')}`),
    [],
  );
  assert.ok(users.size > 20, 'the SQL of the backend is found');
});
